// SPDX-License-Identifier: GPL-2.0
/* The host's signals, which are the processor's exceptions and interrupts here. */
#include "proc.h"

/* struct sigaction of the system call, not the C library's */
struct host_sigaction {
	void *handler;
	uint64_t flags;
	void *restorer;
	uint64_t mask;
};
enum { SA_SIGINFO = 4, SA_RESTORER = 0x4000000, SA_ONSTACK = 0x8000000 };
enum { SIG_SETMASK = 2, NR_RT_SIGPROCMASK = 14 };
#define SIG_IGN ((void *)1)

struct host_stack {
	void *base;
	int flags;
	size_t size;
};

/* struct siginfo, as far as faults and SIGSYS need it */
struct host_siginfo {
	int signal, error, code, pad;
	union {
		uint64_t address;
		struct {
			uint64_t ip;
			int nr;
			uint32_t arch;
		} call;
	};
};
#define ARCH_X86_64 0xc000003eu

/* struct ucontext with struct sigcontext */
struct host_context {
	uint64_t flags, link;
	struct host_stack stack;
	uint64_t r8, r9, r10, r11, r12, r13, r14, r15;
	uint64_t di, si, bp, bx, dx, ax, cx, sp, ip, eflags;
	uint16_t cs, gs, fs, ss;
	uint64_t error, trap, oldmask, cr2;
};

/* Exceptions, by the processor's numbers */
enum { TRAP_GENERAL = 13, TRAP_PAGE = 14 };

/* With AVX-512 and more the host saves up to 12 KiB of registers here. */
#define STACK_SIZE 65536
static UNMOVED char signal_stack[STACK_SIZE] __attribute__((aligned(64)));

static rumpuser_trap_fn *trap;

extern char host_sigreturn[];

static void get_regs(struct rumpuser_regs *r, const struct host_context *c)
{
	*r = (struct rumpuser_regs){
		.r15 = c->r15,
		.r14 = c->r14,
		.r13 = c->r13,
		.r12 = c->r12,
		.bp = c->bp,
		.bx = c->bx,
		.r11 = c->r11,
		.r10 = c->r10,
		.r9 = c->r9,
		.r8 = c->r8,
		.ax = c->ax,
		.cx = c->cx,
		.dx = c->dx,
		.si = c->si,
		.di = c->di,
		.ip = c->ip,
		.cs = c->cs,
		.sp = c->sp,
		.ss = c->ss,
		.flags = c->eflags,
	};
}

static void put_regs(struct host_context *c, const struct rumpuser_regs *r)
{
	c->r15 = r->r15;
	c->r14 = r->r14;
	c->r13 = r->r13;
	c->r12 = r->r12;
	c->bp = r->bp;
	c->bx = r->bx;
	c->r11 = r->r11;
	c->r10 = r->r10;
	c->r9 = r->r9;
	c->r8 = r->r8;
	c->ax = r->ax;
	c->cx = r->cx;
	c->dx = r->dx;
	c->si = r->si;
	c->di = r->di;
	c->ip = r->ip;
	c->sp = r->sp;
	c->eflags = r->flags;
}

/* Which vector a processor would have taken; less than 0: none. */
static int vector_of(int signal, const struct host_siginfo *info, const struct host_context *c)
{
	switch (signal) {
	case HOST_SIGALRM:
		host_timer_fired();
		host_signalled();
		return RUMPUSER_VECTOR_IRQ;
	case HOST_SIGIO:
		host_signalled();
		return RUMPUSER_VECTOR_IRQ;
	case HOST_SIGINT:
	case HOST_SIGTERM:
		host_stop_signal();
		return RUMPUSER_VECTOR_IRQ;
	case HOST_SIGSYS:
		/* int 0x80 is no way into this kernel. */
		return info->call.arch == ARCH_X86_64 ? RUMPUSER_VECTOR_SYSCALL : TRAP_GENERAL;
	}
	/* Somebody has sent it: code 0 and below */
	return info->code > 0 ? (int)c->trap : -1;
}

static void on_signal(int signal, const struct host_siginfo *info, struct host_context *c)
{
	int vector = vector_of(signal, info, c);
	struct rumpuser_regs regs;

	if (vector < 0 || !trap)
		return;
	get_regs(&regs, c);
	trap(&regs, vector, vector < 32 ? c->error : 0, vector == TRAP_PAGE ? c->cr2 : 0);
	put_regs(c, &regs);
}

void rumpuser_trap_init(rumpuser_trap_fn *fn)
{
	trap = fn;
}

static void handle(int signal, void *handler)
{
	struct host_sigaction action = {
		.handler = handler,
		.flags = SA_SIGINFO | SA_ONSTACK | SA_RESTORER,
		.restorer = host_sigreturn,
		.mask = ~0ul,
	};

	if (HOST(NR_RT_SIGACTION, signal, &action, NULL, sizeof(action.mask)))
		host_fail("sigaction failed");
}

void host_signals_block(bool block)
{
	uint64_t mask = block ? ~0ul : 0;

	HOST(NR_RT_SIGPROCMASK, SIG_SETMASK, &mask, NULL, sizeof(mask));
}

void host_signals_init(void)
{
	static const int signals[] = { HOST_SIGINT, HOST_SIGILL,  HOST_SIGTRAP, HOST_SIGBUS,
				       HOST_SIGFPE, HOST_SIGSEGV, HOST_SIGALRM, HOST_SIGTERM,
				       HOST_SIGIO,  HOST_SIGSYS };
	struct host_stack stack = { .base = signal_stack, .size = sizeof(signal_stack) };

	host_signals_block(true);
	if (HOST(NR_SIGALTSTACK, &stack, NULL, 0, 0))
		host_fail("sigaltstack failed");
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		handle(signals[i], on_signal);
	/* That nobody listens any more at a socket is an error of the call there. */
	handle(HOST_SIGPIPE, SIG_IGN);
}
