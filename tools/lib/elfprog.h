/* SPDX-License-Identifier: GPL-2.0 */
/* What the loader and the dynamic linker will want to know of a program or library. */
#ifndef RUMPRUN_ELFPROG_H
#define RUMPRUN_ELFPROG_H

#include "util.h"

struct elf_program {
	bool pie;
	unsigned long long span;    /* of addresses that its segments take, in whole pages */
	unsigned long long dynamic; /* address of the dynamic section, 0 when there is none */
	char *interpreter;	    /* NULL in static programs and in libraries */
	struct strv needed;
	struct strv rpath; /* DT_RPATH, split at colons */
	struct strv runpath;
};

enum elf_verdict {
	ELF_PROGRAM,
	ELF_NONE,  /* no ELF file at all */
	ELF_OTHER, /* not for x86-64, or an object or core file */
	ELF_DAMAGED,
};

enum elf_verdict elf_program_read(struct elf_program *p, const char *path);
void elf_program_free(struct elf_program *p);

#endif
