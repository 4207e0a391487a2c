// SPDX-License-Identifier: GPL-2.0
/*
 * What the host's signals come to. This runs in the signal handler, on the
 * platform's stack, and does no more than move registers: the host then goes on at
 * an entry of this kernel, on the stack of the task. A fault that only wants a page
 * mapped that the page tables have is dealt with right here.
 */
#include <linux/kernel.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/string.h>
#include <asm/processor-flags.h>
#include <asm/tlbflush.h>
#include <asm/trap.h>
#include <asm/trapnr.h>
#include <asm/traps.h>

/* Flags that the kernel runs without. */
#define FLAGS_OFF (X86_EFLAGS_DF | X86_EFLAGS_TF | X86_EFLAGS_AC | X86_EFLAGS_NT)

/* With less left on the kernel stack than this, it has run over. */
#define STACK_RESERVE 1024

static_assert(sizeof(struct rumpuser_regs) == sizeof(struct pt_regs));

static bool within(unsigned long ip, const char *start, const char *end)
{
	return ip >= (unsigned long)start && ip < (unsigned long)end;
}

static void go_on(struct rumpuser_regs *r, const char *entry, struct pt_regs *regs,
		  unsigned int vector)
{
	r->ip = (unsigned long)entry;
	r->sp = r->di = (unsigned long)regs;
	r->si = vector;
	r->flags &= ~FLAGS_OFF;
	WRITE_ONCE(rump_irq_flags, ARCH_IRQ_DISABLED);
}

/* The iret to the program has not been executed yet: do what it would. */
static void finish_iret(struct rumpuser_regs *r)
{
	const unsigned long *frame = (void *)r->sp; /* ip, cs, flags, sp, ss */

	r->ip = frame[0];
	r->flags = frame[2];
	r->sp = frame[3];
}

static void program_trap(struct rumpuser_regs *r, unsigned int vector, unsigned long error)
{
	struct pt_regs *regs = task_pt_regs(current);

	if (r->ip == (unsigned long)iret_to_program)
		finish_iret(r);
	rump_in_program = 0;
	memcpy(regs, r, sizeof(*regs));
	regs->cs = USER_CS;
	regs->ss = USER_DS;
	if (vector == RUMPUSER_VECTOR_SYSCALL) {
		regs->orig_ax = r->ax;
		regs->ax = -ENOSYS;
		go_on(r, trapped_syscall, regs, regs->orig_ax);
		return;
	}
	regs->orig_ax = error;
	go_on(r, trapped_vector, regs, vector);
}

static bool has_room(const void *stack, unsigned long sp)
{
	unsigned long base = (unsigned long)stack;

	return sp > base + STACK_RESERVE + sizeof(struct pt_regs) && sp <= base + THREAD_SIZE;
}

static void kernel_trap(struct rumpuser_regs *r, unsigned int vector, unsigned long error)
{
	/* The report of an overflow, too, can fault, in what it looks at. */
	static char last_resort[THREAD_SIZE] __aligned(16);
	struct pt_regs *regs = (struct pt_regs *)ALIGN_DOWN(r->sp, 8) - 1;
	const char *entry = trapped_vector;

	if (!has_room(task_stack_page(current), r->sp) && !has_room(last_resort, r->sp)) {
		regs = (struct pt_regs *)(last_resort + sizeof(last_resort)) - 1;
		entry = trapped_overflow;
	}
	memcpy(regs, r, sizeof(*regs));
	regs->cs = USER_CS | CS_KERNEL;
	regs->orig_ax = error;
	regs->flags = (r->flags & ~X86_EFLAGS_IF) | rump_irq_flags;
	go_on(r, entry, regs, vector);
}

void rump_trap(struct rumpuser_regs *r, unsigned int vector, uint64_t error, uint64_t addr)
{
	if (vector == X86_TRAP_PF && tlb_refill(addr, error))
		return;
	if (vector == X86_TRAP_PF)
		current->thread.cr2 = addr;
	if (READ_ONCE(rump_in_program)) {
		program_trap(r, vector, error);
	} else if (vector != RUMPUSER_VECTOR_IRQ) {
		kernel_trap(r, vector, error);
	} else {
		WRITE_ONCE(rump_irq_pending, 1);
		if (within(r->ip, exit_window, exit_window_end) ||
		    within(r->ip, iret_window, iret_window_end))
			r->ip = (unsigned long)exit_again;
	}
}
