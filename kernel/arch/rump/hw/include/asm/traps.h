/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_TRAPS_H
#define _ASM_RUMP_TRAPS_H
#include <linux/linkage.h>
#include <linux/types.h>

struct pt_regs;

/* entry.S */
extern char entry_gates[];
asmlinkage void entry_syscall(void);

/* traps.c, called by entry.S */
asmlinkage void do_vector(struct pt_regs *regs, unsigned long vector);
asmlinkage void do_paranoid(struct pt_regs *regs, unsigned long vector);
asmlinkage void do_stack_overflow(struct pt_regs *regs, unsigned long vector);

/* Keep what signal frames tell about the last exception. */
void note_trap(unsigned long vector, unsigned long error, unsigned long addr);

/* mm/fault.c; the bits of the error code: Intel SDM vol. 3, 4.7 */
#define PF_WRITE (1UL << 1)
#define PF_USER	 (1UL << 2)
#define PF_INSTR (1UL << 4)
void do_page_fault(struct pt_regs *regs, unsigned long error, unsigned long addr);

/* mce.c: on each CPU; what the hardware has to say, after a machine check */
void mce_init_cpu(void);
void mce_report(void);

/* dump.c */
void dump_program(struct pt_regs *regs);
#endif
