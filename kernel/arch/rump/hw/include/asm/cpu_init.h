/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_CPU_INIT_H
#define _ASM_RUMP_CPU_INIT_H
/* Between the CPU's own structures (cpu.c, entry.S) and the machine's start-up. */
#include <linux/linkage.h>
#include <linux/types.h>

struct pt_regs;

/* cpu.c: once, first of all; then on each CPU, with its GS base and current task set */
void rump_traps_init(void);
void rump_cpu_init(void);

/* head.S: physical address of struct hvm_start_info */
extern u32 pvh_start_info_pa;
/* head.S calls it on init_task's stack. */
asmlinkage void rump_start(void);
#endif
