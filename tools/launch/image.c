// SPDX-License-Identifier: GPL-2.0
/* Reading the section .rumprun of an image. */
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <string.h>
#include <unistd.h>

#include "image.h"
#include "launch.h"

#define SECTION ".rumprun"

static Elf_Data *find_section(Elf *elf)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr header;
	const char *name;
	size_t names;

	if (elf_getshdrstrndx(elf, &names))
		return NULL;
	while ((scn = elf_nextscn(elf, scn))) {
		if (!gelf_getshdr(scn, &header))
			return NULL;
		name = elf_strptr(elf, names, header.sh_name);
		if (name && !strcmp(name, SECTION))
			return elf_rawdata(scn, NULL);
	}
	return NULL;
}

static json_int_t load_end(Elf *elf)
{
	json_int_t end = 0;
	GElf_Phdr header;
	size_t count;

	if (elf_getphdrnum(elf, &count))
		return 0;
	for (size_t i = 0; i < count; i++) {
		if (gelf_getphdr(elf, i, &header) && header.p_type == PT_LOAD &&
		    (json_int_t)(header.p_paddr + header.p_memsz) > end)
			end = header.p_paddr + header.p_memsz;
	}
	return end;
}

static json_t *read_info(int fd, const char *path, json_int_t *end)
{
	Elf_Data *data;
	json_error_t err;
	json_t *info;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
	if (!elf || elf_kind(elf) != ELF_K_ELF)
		quit(STATUS_NO_INPUT, "%s is not an image: make one with rumprun-bake", path);
	data = find_section(elf);
	if (!data || !data->d_buf)
		quit(STATUS_NO_INPUT,
		     "%s is a program or a kernel, not an image: bake it first, "
		     "as in rumprun-bake hw_virtio OUT %s",
		     path, path);
	info = json_loadb(data->d_buf, data->d_size, JSON_DISABLE_EOF_CHECK, &err);
	if (!info)
		quit(STATUS_NO_INPUT, "%s is damaged: section " SECTION ": %s", path, err.text);
	*end = load_end(elf);
	elf_end(elf);
	return info;
}

void image_open(const char *path, struct image *image)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), version = 0;
	const char *where = "none";

	if (fd < 0)
		quit(STATUS_NO_INPUT, "%s: %s", path, strerror(errno));
	*image = (struct image){ .path = path };
	image->info = read_info(fd, path, &image->load_end);
	close(fd);
	json_unpack(image->info, "{s?i, s?{s?s, s?I, s?I}}", "version", &version, "root", "in",
		    &where, "offset", &image->root_offset, "size", &image->root_size);
	if (version != 1)
		quit(STATUS_NO_INPUT, "%s was baked by another version of rumprun: bake it again",
		     path);
	image->root = !strcmp(where, "drive")	 ? ROOT_DRIVE
		      : !strcmp(where, "memory") ? ROOT_MEMORY
						 : ROOT_NONE;
}

bool image_has(const struct image *image, const char *component)
{
	const json_t *name;
	size_t i;

	json_array_foreach (json_object_get(image->info, "components"), i, name) {
		if (!strcmp(json_string_value(name) ?: "", component))
			return true;
	}
	return false;
}
