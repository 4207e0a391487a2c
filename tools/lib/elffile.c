// SPDX-License-Identifier: GPL-2.0
#include "elffile.h"
#include "util.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool elf_open(struct elf_file *f, const char *path)
{
	elf_version(EV_CURRENT);
	f->path = path;
	f->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (f->fd < 0)
		die_errno("%s", path);
	f->elf = elf_begin(f->fd, ELF_C_READ_MMAP, NULL);
	if (f->elf && elf_kind(f->elf) == ELF_K_ELF && gelf_getehdr(f->elf, &f->ehdr))
		return true;
	elf_shut(f);
	return false;
}

void elf_shut(struct elf_file *f)
{
	elf_end(f->elf);
	close(f->fd);
}

const char *elf_section_name(struct elf_file *f, Elf_Scn *scn)
{
	GElf_Shdr shdr;
	size_t strings;
	const char *name = NULL;

	if (!elf_getshdrstrndx(f->elf, &strings) && gelf_getshdr(scn, &shdr))
		name = elf_strptr(f->elf, strings, shdr.sh_name);
	return name ? name : "";
}

Elf_Scn *elf_section(struct elf_file *f, const char *name, GElf_Shdr *shdr)
{
	Elf_Scn *scn = NULL;

	while ((scn = elf_nextscn(f->elf, scn)))
		if (!strcmp(elf_section_name(f, scn), name) && gelf_getshdr(scn, shdr))
			return scn;
	return NULL;
}

const char *elf_section_data(struct elf_file *f, const char *name, size_t *size)
{
	GElf_Shdr shdr;
	Elf_Scn *scn = elf_section(f, name, &shdr);
	Elf_Data *data = scn ? elf_getdata(scn, NULL) : NULL;

	*size = data ? data->d_size : 0;
	return data ? data->d_buf : NULL;
}

void elf_symbols(struct elf_file *f, void (*fn)(const char *name, const GElf_Sym *sym, void *arg),
		 void *arg)
{
	GElf_Shdr shdr;
	Elf_Scn *scn = elf_section(f, ".symtab", &shdr);
	Elf_Data *data = scn ? elf_getdata(scn, NULL) : NULL;

	if (!data || !shdr.sh_entsize)
		return;
	for (size_t i = 1; i < shdr.sh_size / shdr.sh_entsize; i++) {
		GElf_Sym sym;
		const char *name;

		if (!gelf_getsym(data, i, &sym))
			die("%s: symbol table damaged", f->path);
		name = elf_strptr(f->elf, shdr.sh_link, sym.st_name);
		if (name && *name)
			fn(name, &sym, arg);
	}
}

size_t elf_alloc_bytes(struct elf_file *f)
{
	Elf_Scn *scn = NULL;
	size_t bytes = 0;

	while ((scn = elf_nextscn(f->elf, scn))) {
		GElf_Shdr shdr;

		if (gelf_getshdr(scn, &shdr) && shdr.sh_flags & SHF_ALLOC)
			bytes += shdr.sh_size;
	}
	return bytes;
}
