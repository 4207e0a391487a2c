/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_KERNEL_MAP_H
#define _ASM_RUMP_KERNEL_MAP_H
#include <linux/pgtable.h>

/* head.S: the first GiB, at its own address, in the direct map and as the kernel image */
extern pud_t early_pud_lo[PTRS_PER_PUD], early_pud_hi[PTRS_PER_PUD];
extern pmd_t early_pmd[PTRS_PER_PMD];

/* mm/init.c, for paging_init() */
void zone_sizes_init(void);

/* vmlinux.lds.S */
extern char __rodata_begin[];
/* The memory-resident root file system; both equal if there is none. */
extern char __rump_root_start[], __rump_root_end[];
#endif
