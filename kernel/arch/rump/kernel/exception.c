// SPDX-License-Identifier: GPL-2.0
/* What exceptions come to: signals, fixups or an oops. */
#include <linux/bug.h>
#include <linux/console.h>
#include <linux/extable.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/sched/debug.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include <asm/fpu.h>
#include <asm/trapnr.h>
#include <asm/traps.h>

struct exception {
	const char *name;
	u8 signal;
	int code; /* si_code of a signal that tells the address; 0: tells none */
};

static const struct exception exceptions[FIRST_INTERRUPT] = {
	[X86_TRAP_DE] = { "divide error", SIGFPE, FPE_INTDIV },
	[X86_TRAP_DB] = { "debug exception", SIGTRAP, TRAP_TRACE },
	[X86_TRAP_BP] = { "int3", SIGTRAP, 0 },
	[X86_TRAP_OF] = { "overflow", SIGSEGV, 0 },
	[X86_TRAP_BR] = { "bounds", SIGSEGV, 0 },
	[X86_TRAP_UD] = { "invalid opcode", SIGILL, ILL_ILLOPN },
	[X86_TRAP_NM] = { "device not available", SIGSEGV, 0 },
	[X86_TRAP_DF] = { "double fault", SIGSEGV, 0 },
	[X86_TRAP_TS] = { "invalid TSS", SIGSEGV, 0 },
	[X86_TRAP_NP] = { "segment not present", SIGBUS, 0 },
	[X86_TRAP_SS] = { "stack segment", SIGBUS, 0 },
	[X86_TRAP_GP] = { "general protection fault", SIGSEGV, 0 },
	[X86_TRAP_PF] = { "page fault", SIGSEGV, 0 },
	[X86_TRAP_MF] = { "x87 exception", SIGFPE, FPE_FLTINV },
	[X86_TRAP_AC] = { "alignment check", SIGBUS, BUS_ADRALN },
	[X86_TRAP_MC] = { "machine check", SIGBUS, 0 },
	[X86_TRAP_XF] = { "SIMD exception", SIGFPE, FPE_FLTINV },
};

const char *exception_name(unsigned long vector)
{
	return exceptions[vector].name ?: "reserved exception";
}

void note_trap(unsigned long vector, unsigned long error, unsigned long addr)
{
	struct thread_struct *thread = &current->thread;

	thread->trap_nr = vector;
	thread->error_code = error;
	thread->cr2 = addr;
}

static void program_exception(struct pt_regs *regs, unsigned long vector)
{
	const struct exception *e = &exceptions[vector];

	if (!e->signal)
		force_sig(SIGSEGV);
	else if (!e->code)
		force_sig(e->signal);
	else if (vector == X86_TRAP_AC)
		force_sig_fault(e->signal, e->code, NULL);
	else if (vector == X86_TRAP_MF || vector == X86_TRAP_XF)
		force_sig_fault(e->signal, fpu_exception_code(vector), (void __user *)regs->ip);
	else
		force_sig_fault(e->signal, e->code, (void __user *)regs->ip);
}

int is_valid_bugaddr(unsigned long addr)
{
	return __kernel_text_address(addr); /* the CPU has just read a ud2 there */
}

static void kernel_exception(struct pt_regs *regs, unsigned long vector, unsigned long error)
{
	if (vector == X86_TRAP_UD && report_bug(regs->ip, regs) == BUG_TRAP_TYPE_WARN) {
		regs->ip += LEN_UD2;
		return;
	}
	if (fixup_exception(regs, vector, error, 0))
		return;
	die(exception_name(vector), regs, error);
}

static void common_exception(struct pt_regs *regs, unsigned long vector, unsigned long error)
{
	note_trap(vector, error, 0);
	if (user_mode(regs))
		program_exception(regs, vector);
	else
		kernel_exception(regs, vector, error);
}

void handle_exception(struct pt_regs *regs, unsigned long vector, unsigned long error,
		      unsigned long addr)
{
	if (!regs_irqs_disabled(regs))
		local_irq_enable();
	if (vector == X86_TRAP_PF)
		do_page_fault(regs, error, addr);
	else
		common_exception(regs, vector, error);
	local_irq_disable();
}

void fatal_exception(struct pt_regs *regs, unsigned long vector, unsigned long addr,
		     const char *what)
{
	console_verbose();
	bust_spinlocks(1);
	note_trap(vector, regs->orig_ax, addr);
	show_regs(regs);
	panic("%s", what);
}
