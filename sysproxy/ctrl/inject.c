// SPDX-License-Identifier: GPL-2.0
/* Calls that a thread makes for us, in the place of its own. */
#include "ctrl.h"

#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The instruction "syscall". */
enum { INSTRUCTION_SIZE = 2 };

void inject(struct thread *t, long number, const uint64_t args[CALL_ARGS],
	    void (*then)(struct thread *t, int64_t result))
{
	struct user_regs_struct regs = t->regs;
	bool entry = t->state == WAITING || t->state == RUNNING;

	t->injected = then;
	t->state = INJECTING;
	regs.rdi = args[0];
	regs.rsi = args[1];
	regs.rdx = args[2];
	regs.r10 = args[3];
	regs.r8 = args[4];
	regs.r9 = args[5];
	if (entry) {
		regs.orig_rax = number;
	} else {
		/* Behind a call: once more through the instruction that made it. */
		regs.rax = number;
		regs.rip -= INSTRUCTION_SIZE;
		regs.orig_rax = -1;
	}
	set_regs(t, &regs);
	resume(t, PTRACE_SYSCALL, 0);
}

void leave(struct thread *t, int64_t result)
{
	struct user_regs_struct regs = t->regs;

	regs.rax = result;
	set_regs(t, &regs);
	for (int i = 0; i < t->nheld; i++)
		syscall(SYS_tgkill, t->process->pid, t->tid, t->held[i]);
	t->nheld = 0;
	resume(t, PTRACE_CONT, 0);
}
