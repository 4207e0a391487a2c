/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_LAYOUT_H
#define _ASM_RUMP_LAYOUT_H
/*
 * Where things lie. The program has the lower half, the kernel the upper:
 *	ffff888000000000	direct map of all RAM
 *	ffffc90000000000	vmalloc, ioremap, kernel stacks: one PGD slot, whose PUD
 *				page is there from the start, so that every mm shares it
 *	ffffea0000000000	struct pages
 *	ffffffff80000000	kernel image
 */
#include <linux/const.h>

#define PAGE_OFFSET   _AC(0xffff888000000000, UL)
#define VMALLOC_START _AC(0xffffc90000000000, UL)
#define VMALLOC_END   _AC(0xffffc97fffffffff, UL)
#define VMEMMAP_START _AC(0xffffea0000000000, UL)
#define KERNEL_MAP    _AC(0xffffffff80000000, UL) /* at + physical address */
/* The last page stays unmapped: no rip can step into the non-canonical hole. */
#define TASK_SIZE_MAX	  _AC(0x00007ffffffff000, UL)
#define USER_PTRS_PER_PGD 256

#ifndef __ASSEMBLY__
#include <linux/types.h>

static __always_inline unsigned long __rump_pa(unsigned long addr)
{
	return addr - (addr >= KERNEL_MAP ? KERNEL_MAP : PAGE_OFFSET);
}
#define __pa_symbol(x) ((unsigned long)(x)-KERNEL_MAP)

/* Page-aligned data of the image; the image is RAM like all other. */
extern unsigned long empty_zero_page[];
#endif
#endif
