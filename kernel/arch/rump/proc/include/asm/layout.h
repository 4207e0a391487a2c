/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_LAYOUT_H
#define _ASM_RUMP_LAYOUT_H
/*
 * Where things lie in the process.
 *	0000000000010000	the program, with a hole for
 *	0000000070000000	  this kernel: the executable that the host has loaded
 *	0000600000000000	direct map of all RAM, at + physical address
 *	0000680000000000	vmalloc
 *	0000690000000000	with KASAN: its shadow, 16 TiB
 * The host has what is above 0000700000000000. The image has no RAM: the physical
 * addresses of what is in it are its virtual ones, which lie below those of RAM.
 */
#include <linux/const.h>

#define IMAGE_START	  _AC(0x0000000070000000, UL)
#define IMAGE_END	  _AC(0x0000000080000000, UL)
#define PAGE_OFFSET	  _AC(0x0000600000000000, UL)
#define VMALLOC_START	  _AC(0x0000680000000000, UL)
#define VMALLOC_END	  _AC(0x0000687fffffffff, UL)
#define RAM_START	  IMAGE_END /* physical */
#define TASK_SIZE_MAX	  _AC(0x00005ffffffff000, UL)
#define USER_PTRS_PER_PGD 192
#define ARCH_PFN_OFFSET	  (RAM_START >> 12)

#ifdef CONFIG_KASAN
#define THREAD_SIZE_ORDER 3 /* there is room around each variable */
#endif

#ifndef __ASSEMBLY__
#include <linux/types.h>

static __always_inline unsigned long __rump_pa(unsigned long addr)
{
	return addr >= PAGE_OFFSET ? addr - PAGE_OFFSET : addr;
}
#define __pa_symbol(x) ((unsigned long)(x))

/* In RAM, so that programs can have it mapped. */
extern void *empty_zero_page;
#endif
#endif
