// SPDX-License-Identifier: GPL-2.0
#include "elfprog.h"
#include "elffile.h"

#include <stdlib.h>
#include <string.h>

/* File offset of an address, or -1. */
static off_t offset_of(struct elf_file *f, size_t count, GElf_Addr address)
{
	for (size_t i = 0; i < count; i++) {
		GElf_Phdr ph;

		if (gelf_getphdr(f->elf, i, &ph) && ph.p_type == PT_LOAD && address >= ph.p_vaddr &&
		    address - ph.p_vaddr < ph.p_filesz)
			return ph.p_offset + (address - ph.p_vaddr);
	}
	return -1;
}

/* A string of the file, checked to end inside of it. */
static const char *string_at(const char *image, size_t size, size_t offset)
{
	if (offset >= size || !memchr(image + offset, 0, size - offset))
		return NULL;
	return image + offset;
}

static void note_entry(struct elf_program *p, GElf_Sxword tag, const char *s)
{
	if (tag == DT_NEEDED)
		strv_add(&p->needed, s);
	else if (tag == DT_RPATH)
		strv_split(&p->rpath, s, ":");
	else if (tag == DT_RUNPATH)
		strv_split(&p->runpath, s, ":");
}

static bool read_dynamic(struct elf_program *p, struct elf_file *f, size_t count,
			 const GElf_Phdr *ph, const char *image, size_t size)
{
	Elf_Data *data = elf_getdata_rawchunk(f->elf, ph->p_offset, ph->p_filesz, ELF_T_DYN);
	off_t strings = -1;
	GElf_Dyn dyn;

	for (int i = 0; data && gelf_getdyn(data, i, &dyn) && dyn.d_tag != DT_NULL; i++)
		if (dyn.d_tag == DT_STRTAB)
			strings = offset_of(f, count, dyn.d_un.d_ptr);
	if (!data || strings < 0)
		return false;
	for (int i = 0; gelf_getdyn(data, i, &dyn) && dyn.d_tag != DT_NULL; i++) {
		const char *s;

		if (dyn.d_tag == DT_FLAGS_1 && dyn.d_un.d_val & DF_1_PIE)
			p->pie = true;
		if (dyn.d_tag != DT_NEEDED && dyn.d_tag != DT_RPATH && dyn.d_tag != DT_RUNPATH)
			continue;
		s = string_at(image, size, strings + dyn.d_un.d_val);
		if (!s)
			return false;
		note_entry(p, dyn.d_tag, s);
	}
	return true;
}

static void measure_span(struct elf_program *p, struct elf_file *f, size_t count)
{
	GElf_Addr low = ~0ULL, high = 0;

	for (size_t i = 0; i < count; i++) {
		GElf_Phdr ph;

		if (!gelf_getphdr(f->elf, i, &ph) || ph.p_type != PT_LOAD)
			continue;
		if (ph.p_vaddr < low)
			low = ph.p_vaddr & ~4095ULL;
		if (ph.p_vaddr + ph.p_memsz > high)
			high = ph.p_vaddr + ph.p_memsz;
	}
	if (high > low)
		p->span = (high - low + 4095) & ~4095ULL;
}

static enum elf_verdict read_segments(struct elf_program *p, struct elf_file *f)
{
	size_t count, size;
	const char *image = elf_rawfile(f->elf, &size);

	if (f->ehdr.e_machine != EM_X86_64 || gelf_getclass(f->elf) != ELFCLASS64 ||
	    (f->ehdr.e_type != ET_EXEC && f->ehdr.e_type != ET_DYN))
		return ELF_OTHER;
	if (!image || elf_getphdrnum(f->elf, &count))
		return ELF_DAMAGED;
	measure_span(p, f, count);
	for (size_t i = 0; i < count; i++) {
		const char *s;
		GElf_Phdr ph;

		if (!gelf_getphdr(f->elf, i, &ph))
			return ELF_DAMAGED;
		if (ph.p_type == PT_LOAD &&
		    (ph.p_offset > size || ph.p_filesz > size - ph.p_offset))
			return ELF_DAMAGED;
		if (ph.p_type == PT_INTERP) {
			s = string_at(image, size, ph.p_offset);
			if (!s)
				return ELF_DAMAGED;
			p->interpreter = xstrdup(s);
		}
		if (ph.p_type == PT_DYNAMIC && ph.p_filesz) {
			p->dynamic = ph.p_vaddr;
			if (!read_dynamic(p, f, count, &ph, image, size))
				return ELF_DAMAGED;
		}
	}
	return ELF_PROGRAM;
}

enum elf_verdict elf_program_read(struct elf_program *p, const char *path)
{
	enum elf_verdict verdict;
	struct elf_file f;

	memset(p, 0, sizeof(*p));
	if (!elf_open(&f, path))
		return ELF_NONE;
	verdict = read_segments(p, &f);
	if (f.ehdr.e_type == ET_DYN && p->interpreter)
		p->pie = true;
	elf_shut(&f);
	return verdict;
}

void elf_program_free(struct elf_program *p)
{
	free(p->interpreter);
	strv_free(&p->needed);
	strv_free(&p->rpath);
	strv_free(&p->runpath);
}
