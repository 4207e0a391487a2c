/* SPDX-License-Identifier: GPL-2.0 */
/* Reading ELF files, on top of libelf. */
#ifndef RUMPRUN_ELFFILE_H
#define RUMPRUN_ELFFILE_H

#include <gelf.h>
#include <stdbool.h>
#include <stddef.h>

struct elf_file {
	const char *path;
	int fd;
	Elf *elf;
	GElf_Ehdr ehdr;
};

/* False when the file is no ELF; ends the program when it cannot be read. */
bool elf_open(struct elf_file *f, const char *path);
void elf_shut(struct elf_file *f);

const char *elf_section_name(struct elf_file *f, Elf_Scn *scn);
Elf_Scn *elf_section(struct elf_file *f, const char *name, GElf_Shdr *shdr);

/* Content of a section, NULL when there is none. */
const char *elf_section_data(struct elf_file *f, const char *name, size_t *size);

/* Call fn for every symbol of the static symbol table. */
void elf_symbols(struct elf_file *f, void (*fn)(const char *name, const GElf_Sym *sym, void *arg),
		 void *arg);

/* Bytes that the sections of a relocatable object take in memory. */
size_t elf_alloc_bytes(struct elf_file *f);

#endif
