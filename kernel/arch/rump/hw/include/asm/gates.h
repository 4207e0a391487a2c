/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_GATES_H
#define _ASM_RUMP_GATES_H
#include <linux/linkage.h>

struct pt_regs;

/* entry.S: 16 bytes for each vector */
extern char entry_gates[];

/* traps.c, called by entry.S for what must not leave its own stack */
asmlinkage void do_paranoid(struct pt_regs *regs, unsigned long vector);
asmlinkage void do_stack_overflow(struct pt_regs *regs, unsigned long vector);

/* mce.c: on each CPU; what the hardware has to say, after a machine check */
void mce_init_cpu(void);
void mce_report(void);
#endif
