/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RUMP_MAPPED_H
#define RUMP_MAPPED_H
#include <linux/mm_types.h>

/*
 * mapped.c: what the host has mapped of the program's. A flush of everything and a switch to
 * another address space leave mapped what the page tables have just so.
 */
/* @size bytes at @addr show @pa now, with these rights (RUMPUSER_...). */
void mapped_note(unsigned long addr, unsigned long pa, unsigned long size, unsigned int rights);
/* The host will have nothing mapped there. Returns whether it may have now. */
bool mapped_forget(unsigned long start, unsigned long end);
/* Cut from [*start, *end), around the page at @addr, what is noted already. */
void mapped_cut(unsigned long addr, unsigned long *start, unsigned long *end);
/* Unmap, or map as @mm has it, what @mm has not so. */
void mapped_check(struct mm_struct *mm);
/* Unmap everything. */
void mapped_clear(void);

/* tlb.c: whether @mm has @pa at @addr, with such rights at least. */
bool tlb_allows(struct mm_struct *mm, unsigned long addr, unsigned long pa, unsigned int rights);
/* Map what @mm has at @addr, if that can be read. */
bool tlb_map(struct mm_struct *mm, unsigned long addr);
#endif
