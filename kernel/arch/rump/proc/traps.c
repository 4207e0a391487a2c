// SPDX-License-Identifier: GPL-2.0
/* Exceptions, and interrupts of the program, once they are on the task's stack. */
#include <linux/entry-common.h>
#include <linux/sched.h>
#include <asm/calls.h>
#include <asm/machine.h>
#include <asm/rumpuser.h>
#include <asm/syscall.h>
#include <asm/traps.h>

/* Interrupts are off; patching needs them, as it may wait for memory. */
asmlinkage bool do_trapped_syscall(struct pt_regs *regs, long nr);
asmlinkage __visible bool do_trapped_syscall(struct pt_regs *regs, long nr)
{
	local_irq_enable();
	calls_patch(regs);
	local_irq_disable();
	return do_syscall(regs, nr);
}

asmlinkage __visible void do_vector(struct pt_regs *regs, unsigned long vector)
{
	unsigned long error = regs->orig_ax, addr = current->thread.cr2;
	irqentry_state_t state;

	/* No system call: nothing to restart after a signal. */
	regs->orig_ax = -1;
	state = irqentry_enter(regs);
	instrumentation_begin();
	if (vector == RUMPUSER_VECTOR_IRQ)
		rump_interrupt(regs);
	else
		handle_exception(regs, vector, error, addr);
	instrumentation_end();
	irqentry_exit(regs, state);
}

/* On a stack of its own, with the state that the kernel was in. */
asmlinkage void do_stack_overflow(struct pt_regs *regs, unsigned long vector);
asmlinkage __visible void do_stack_overflow(struct pt_regs *regs, unsigned long vector)
{
	fatal_exception(regs, vector, current->thread.cr2, "kernel stack overflow");
}

void __init trap_init(void)
{
}
