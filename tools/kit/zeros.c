// SPDX-License-Identifier: GPL-2.0
/*
 * Linux puts some cleared variables, for the sake of their place in memory, into sections that lie
 * in the file: per-CPU data, what must begin on a cache line, what only the start needs. Where all
 * of such a section is zero, it becomes one that takes no room in an image (kernel.lds knows the
 * names). The records of the log's ring, of which only the first is not zero, are cut behind that
 * one.
 */
#include "kit.h"
#include "elffile.h"
#include "child.h"
#include "file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
	const char *prefix, *cleared;
} places[] = {
	{ ".data..percpu", ".bss..percpu" },
	{ ".data..cacheline_aligned", ".bss.cacheline_aligned" },
	{ ".data..page_aligned", ".bss..page_aligned" },
	{ ".data..read_mostly", ".bss.read_mostly" },
	{ ".init.data", ".bss..init" },
	{ ".data..rest", ".bss..rest" },
};

#define RECORDS ".data._printk_rb_static_infos"
/* More than is not zero. The rest follows without a gap. */
#define RECORDS_HEAD 64

static const char *cleared_name(const char *section)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (starts_with(section, places[i].prefix))
			return places[i].cleared;
	return NULL;
}

static bool is_zero(Elf_Scn *scn)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	const char *bytes = data ? data->d_buf : NULL;

	return bytes && data->d_size && !bytes[0] && !memcmp(bytes, bytes + 1, data->d_size - 1);
}

static bool has_relocations(struct elf_file *f, const char *section)
{
	char *name = xasprintf(".rela%s", section);
	GElf_Shdr shdr;
	bool found = elf_section(f, name, &shdr);

	free(name);
	return found;
}

static bool clear(struct elf_file *f, Elf_Scn *scn, const char *name, struct strv *argv)
{
	const char *cleared = cleared_name(name);
	GElf_Shdr shdr;

	if (!cleared || !gelf_getshdr(scn, &shdr) || shdr.sh_type != SHT_PROGBITS ||
	    has_relocations(f, name) || !is_zero(scn))
		return false;
	strv_addf(argv, "--rename-section=%s=%s,alloc", name, cleared);
	return true;
}

/* objcopy's options for an object; false if there is nothing to do. */
static bool clears(const char *object, struct strv *argv)
{
	struct elf_file f;
	Elf_Scn *scn = NULL;
	bool any = false;

	if (!elf_open(&f, object))
		return false;
	while ((scn = elf_nextscn(f.elf, scn)))
		any |= clear(&f, scn, elf_section_name(&f, scn), argv);
	elf_shut(&f);
	return any;
}

/* As above. The parts are written beside the object. */
static bool cuts(const char *object, struct strv *argv)
{
	struct elf_file f;
	size_t size = 0;
	const char *bytes = NULL;

	if (!elf_open(&f, object))
		return false;
	if (!has_relocations(&f, RECORDS))
		bytes = elf_section_data(&f, RECORDS, &size);
	if (bytes && size > RECORDS_HEAD) {
		char *head = xasprintf("%s.head", object), *rest = xasprintf("%s.rest", object);

		write_file(head, bytes, RECORDS_HEAD);
		write_file(rest, bytes + RECORDS_HEAD, size - RECORDS_HEAD);
		strv_addf(argv, "--update-section=" RECORDS "=%s", head);
		strv_add(argv, "--rename-section=" RECORDS "=.data..head");
		strv_addf(argv, "--add-section=.data..rest=%s", rest);
		strv_add(argv, "--set-section-flags=.data..rest=alloc,load,data,contents");
		free(rest);
		free(head);
	}
	elf_shut(&f);
	return bytes && size > RECORDS_HEAD;
}

/* Exchange an object for one that has gone through objcopy. */
static void change(char **object, const char *suffix,
		   bool (*options)(const char *object, struct strv *argv))
{
	struct strv argv = { 0 };
	char *out;

	strv_add(&argv, "objcopy");
	if (options(*object, &argv)) {
		out = xasprintf("%s.%s", *object, suffix);
		strv_add(&argv, *object);
		strv_add(&argv, out);
		run(argv.v, "apt-get install binutils");
		free(*object);
		*object = out;
	}
	strv_free(&argv);
}

void kit_clear(struct strv *objects)
{
	for (size_t i = 0; i < objects->n; i++) {
		change(&objects->v[i], "cut", cuts);
		change(&objects->v[i], "cleared", clears);
	}
}
