// SPDX-License-Identifier: GPL-2.0
/* From the linked kernel to the image: strip, describe, append the root, put into place. */
#include "bake.h"
#include "elffile.h"
#include "child.h"
#include "file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ALIGNMENT 4096
#define SECTION	  ".rumprun"
/* Room for the root's offset, which is known only when the file is complete. */
#define SPARE 24

static const char *index_text(const struct bake *b, const char *key)
{
	return json_string_value(json_object_get(b->selection.index, key));
}

bool bakes_process(const struct bake *b)
{
	return !strcmp(index_text(b, "platform"), "proc");
}

static json_t *describe_programs(const struct bake *b)
{
	json_t *out = json_array();

	for (size_t i = 0; i < b->nprograms; i++) {
		const struct program *p = &b->programs[i];
		json_t *item = json_pack("{s:s, s:b, s:s}", "path", p->path, "pie", p->elf.pie,
					 "debug", p->name);

		if (p->interpreter)
			json_object_set_new(item, "interp", json_string(p->interpreter));
		if (p->built)
			json_object_set(item, "built", p->built);
		json_array_append_new(out, item);
	}
	return out;
}

static json_t *names(const struct strv *list)
{
	json_t *out = json_array();

	for (size_t i = 0; i < list->n; i++)
		json_array_append_new(out, json_string(list->v[i]));
	return out;
}

static char *description(const struct bake *b)
{
	json_t *root = json_pack("{s:s, s:I, s:I}", "in", root_place(b), "offset",
				 (json_int_t)b->drive_offset, "size", (json_int_t)b->root_size);
	json_t *all = json_pack("{s:i, s:s, s:s, s:s, s:s, s:o, s:o, s:O, s:O, s:o}", "version", 1,
				"config", b->conf.name, "base", b->conf.base, "platform",
				index_text(b, "platform"), "linux", index_text(b, "release"),
				"components", names(&b->selection.components), "root", root,
				"memory", json_object_get(b->document, "memory"), "launch",
				b->document, "programs", describe_programs(b));
	char *text = json_dumps(all, JSON_COMPACT);

	if (!text)
		die("out of memory");
	json_decref(all);
	return text;
}

static void write_description(const struct bake *b, const char *path)
{
	char *text = description(b), *padded = xasprintf("%s%*s", text, SPARE, "");

	write_file(path, padded, strlen(padded));
	free(padded);
	free(text);
}

static void strip_kernel(struct bake *b, const char *to)
{
	char *from = xasprintf("%s/kernel", b->work), *text = xasprintf("%s/rumprun", b->work);
	char *section = xasprintf("--add-section=" SECTION "=%s", text);
	char *argv[] = { "objcopy", "--strip-all", section, from, (char *)to, NULL };

	write_description(b, text);
	run(argv, "apt-get install binutils");
	free(section);
	free(text);
	free(from);
}

static void pad(char *text, size_t size)
{
	size_t length = strlen(text);

	memset(text + length, ' ', size - length);
	text[size] = 0;
}

/* The description once more, now with the offset, in the place of the first one. */
static void rewrite_description(struct bake *b, const char *image)
{
	char *text = description(b);
	struct elf_file f;
	GElf_Shdr shdr;
	int fd;

	if (!elf_open(&f, image) || !elf_section(&f, SECTION, &shdr) || strlen(text) > shdr.sh_size)
		die("%s: section " SECTION " has gone wrong", image);
	elf_shut(&f);
	text = xrealloc(text, shdr.sh_size + 1);
	pad(text, shdr.sh_size);
	fd = open(image, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || pwrite(fd, text, shdr.sh_size, shdr.sh_offset) != (ssize_t)shdr.sh_size ||
	    close(fd))
		die_errno("%s", image);
	free(text);
}

static void append_root(struct bake *b, const char *image)
{
	char *root = xasprintf("%s/root.erofs", b->work);

	b->drive_offset = (file_size(image) + ALIGNMENT - 1) & ~(ALIGNMENT - 1ULL);
	if (truncate(image, b->drive_offset))
		die_errno("%s", image);
	append_file(root, image);
	rewrite_description(b, image);
	free(root);
}

void finish_image(struct bake *b)
{
	strip_kernel(b, b->partial);
	if (b->root_in == ROOT_DRIVE)
		append_root(b, b->partial);
	if (chmod(b->partial, 0755))
		die_errno("%s", b->partial);
	write_debug(b);
	rename_file(b->partial, b->out);
	replace_debug(b);
}
