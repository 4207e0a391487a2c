/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_KERNEL_MAP_H
#define _ASM_RUMP_KERNEL_MAP_H
/* mm/init.c, for paging_init() */
void zone_sizes_init(void);

/* vmlinux.lds.S */
extern char __rodata_begin[];
/* The memory-resident root file system; both equal if there is none. */
extern char __rump_root_start[], __rump_root_end[];
#endif
