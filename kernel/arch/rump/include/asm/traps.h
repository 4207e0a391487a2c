/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_TRAPS_H
#define _ASM_RUMP_TRAPS_H
#include <linux/linkage.h>
#include <linux/types.h>

struct pt_regs;

/* Vectors below this are exceptions: asm/trapnr.h. */
#define FIRST_INTERRUPT 32

/* entry.S */
asmlinkage void entry_syscall(void);

/* traps.c, called by entry.S; what the CPU tells besides is in @regs->orig_ax */
asmlinkage void do_vector(struct pt_regs *regs, unsigned long vector);

/* exception.c: all; of @addr page faults tell. Interrupts off, but while it is dealt with. */
void handle_exception(struct pt_regs *regs, unsigned long vector, unsigned long error,
		      unsigned long addr);
const char *exception_name(unsigned long vector);
/* Reports and ends: the kernel cannot go on. */
__noreturn void fatal_exception(struct pt_regs *regs, unsigned long vector, unsigned long addr,
				const char *what);

/* Keep what signal frames tell about the last exception. */
void note_trap(unsigned long vector, unsigned long error, unsigned long addr);

/* mm/fault.c; the bits of the error code: Intel SDM vol. 3, 4.7 */
#define PF_WRITE (1UL << 1)
#define PF_USER	 (1UL << 2)
#define PF_INSTR (1UL << 4)
void do_page_fault(struct pt_regs *regs, unsigned long error, unsigned long addr);

/* dump.c */
void dump_program(struct pt_regs *regs);
#endif
