// SPDX-License-Identifier: GPL-2.0
/*
 * Sort the linked kernel's exception table, which it would do itself at each boot. The kernel's own
 * build leaves that to scripts/sorttable.c, in the same way.
 */
#include "bake.h"
#include "elffile.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECTION "__ex_table"
#define SWITCH	"main_extable_sort_needed"

/* struct exception_table_entry: insn and fixup count from their own places. */
struct entry {
	int32_t insn, fixup, data;
};

static int by_insn(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return x->insn < y->insn ? -1 : x->insn > y->insn;
}

/* From places of their own to one for all, the table's beginning, and back (sign -1). */
static void rebase(struct entry *e, size_t n, int sign)
{
	for (size_t i = 0; i < n; i++) {
		e[i].insn += sign * (int32_t)(i * sizeof(*e));
		e[i].fixup += sign * (int32_t)(i * sizeof(*e) + sizeof(e->insn));
	}
}

static void find_switch(const char *name, const GElf_Sym *sym, void *arg)
{
	if (!strcmp(name, SWITCH))
		*(GElf_Addr *)arg = sym->st_value;
}

/* Where in the file the byte at an address is; 0 if nowhere. */
static GElf_Off file_offset(struct elf_file *f, GElf_Addr address)
{
	GElf_Phdr p;

	for (int i = 0; i < f->ehdr.e_phnum; i++)
		if (gelf_getphdr(f->elf, i, &p) && p.p_type == PT_LOAD && address >= p.p_vaddr &&
		    address < p.p_vaddr + p.p_filesz)
			return address - p.p_vaddr + p.p_offset;
	return 0;
}

static void write_at(const char *path, GElf_Off table, const void *data, size_t size, GElf_Off off)
{
	static const uint32_t no;
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || pwrite(fd, data, size, table) != (ssize_t)size ||
	    pwrite(fd, &no, sizeof(no), off) != sizeof(no) || close(fd))
		die_errno("%s", path);
}

void sort_exceptions(struct bake *b)
{
	char *path = xasprintf("%s/kernel", b->work);
	GElf_Addr address = 0;
	struct entry *entries;
	struct elf_file f;
	const char *data;
	GElf_Shdr shdr;
	GElf_Off off;
	size_t size;

	if (!elf_open(&f, path))
		die("%s is not an ELF file", path);
	elf_symbols(&f, find_switch, &address);
	off = file_offset(&f, address);
	data = elf_section_data(&f, SECTION, &size);
	if (!off || !data || size % sizeof(*entries) || !elf_section(&f, SECTION, &shdr))
		die("the kernel has no " SECTION " or no " SWITCH);
	entries = xcalloc(1, size);
	memcpy(entries, data, size);
	elf_shut(&f);
	rebase(entries, size / sizeof(*entries), 1);
	qsort(entries, size / sizeof(*entries), sizeof(*entries), by_insn);
	rebase(entries, size / sizeof(*entries), -1);
	write_at(path, shdr.sh_offset, entries, size, off);
	free(entries);
	free(path);
}
