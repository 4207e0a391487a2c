// SPDX-License-Identifier: GPL-2.0
/* Signals under load keep floating point, the red zone and the flags; altstack; restarts. */
#define _GNU_SOURCE
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include "check.h"

#ifndef AT_MINSIGSTKSZ
#define AT_MINSIGSTKSZ 51
#endif

static volatile long ticks;
static volatile int direction_seen, on_stack, aligned = 1;
static char *altstack;
#define ALTSTACK_SIZE 65536

static void on_tick(int sig)
{
	volatile double x = ticks;
	unsigned long flags;

	(void)sig;
	x = sqrt(x + 1) * 3.0;
	asm volatile("pushf; pop %0" : "=r"(flags));
	direction_seen |= flags >> 10 & 1;
	ticks++;
}

/* A leaf function: gcc keeps the array below the stack pointer. */
__attribute__((noinline)) static int red_zone(long n)
{
	volatile long a[12];
	long sum = 0;

	for (int i = 0; i < 12; i++)
		a[i] = n + i;
	for (volatile int k = 0; k < 2000; k++)
		;
	for (int i = 0; i < 12; i++)
		sum += a[i] - i;
	return sum == 12 * n;
}

static void interval(int sig_us)
{
	struct itimerval it = { { 0, sig_us }, { 0, sig_us } };

	setitimer(ITIMER_REAL, &it, NULL);
}

static void under_load(void)
{
	struct sigaction sa = { .sa_handler = on_tick, .sa_flags = SA_RESTART };
	double sum = 0, again = 0;
	int kept = 1;

	sigaction(SIGALRM, &sa, NULL);
	interval(1000);
	for (long i = 0; i < 20000; i++) {
		kept &= red_zone(i);
		sum += sqrt(i);
	}
	for (long i = 0; ticks < 20; i++)
		kept &= red_zone(i);
	interval(0);
	for (long i = 0; i < 20000; i++)
		again += sqrt(i);
	check("red zone kept", kept, "changed under %ld signals", ticks);
	check("floating point kept", sum == again, "%g is not %g", sum, again);
	check("handlers start with DF clear", !direction_seen, "DF was set");
}

/* The direction flag is set while signals arrive. */
static void direction_flag(void)
{
	unsigned long flags;
	long from = ticks;

	interval(1000);
	do
		asm volatile("std; mov $100000, %%ecx; 1: dec %%ecx; jnz 1b; pushf; pop %0; cld"
			     : "=r"(flags)::"ecx", "cc");
	while (ticks < from + 5);
	interval(0);
	check("DF kept over signals", flags >> 10 & 1, "flags %lx", flags);
	check("handlers start with DF clear under std", !direction_seen, "DF was set");
}

static void on_alt(int sig, siginfo_t *info, void *uc)
{
	char here;

	(void)sig;
	(void)info;
	(void)uc;
	on_stack = &here > altstack && &here < altstack + ALTSTACK_SIZE;
	aligned &= ((unsigned long)__builtin_frame_address(0) & 15) == 0;
}

static void alternate_stack(void)
{
	struct sigaction sa = { .sa_sigaction = on_alt, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	stack_t ss = { .ss_size = ALTSTACK_SIZE }, old;

	altstack = ss.ss_sp = malloc(ALTSTACK_SIZE);
	sigaltstack(&ss, NULL);
	sigaction(SIGUSR1, &sa, NULL);
	raise(SIGUSR1);
	sigaltstack(NULL, &old);
	check("altstack used", on_stack, "handler ran elsewhere");
	check("altstack left", !(old.ss_flags & SS_ONSTACK), "flags %x", old.ss_flags);
	check("handler frame aligned", aligned, "rsp is not on 16 bytes");
	check("AT_MINSIGSTKSZ", getauxval(AT_MINSIGSTKSZ) > 1000, "%lu", getauxval(AT_MINSIGSTKSZ));
}

static int overflow_sig;
static void on_overflow(int sig)
{
	overflow_sig = sig;
	_exit(sig == SIGSEGV ? 42 : 1);
}

static int endless(volatile int n)
{
	volatile char page[4096];

	page[0] = n;
	return n ? endless(n + 1) + page[0] : 0;
}

/* A stack that is used up can only be told of on another one. */
static void stack_overflow(void)
{
	struct sigaction sa = { .sa_handler = on_overflow, .sa_flags = SA_ONSTACK };
	int status = 0;
	pid_t pid = fork();

	if (!pid) {
		sigaction(SIGSEGV, &sa, NULL);
		endless(1);
		_exit(1);
	}
	waitpid(pid, &status, 0);
	check("stack overflow on altstack", WIFEXITED(status) && WEXITSTATUS(status) == 42,
	      "status %x", status);
}

static void on_change(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)sig;
	(void)info;
	uc->uc_mcontext.gregs[REG_R12] = 0x1234;
	uc->uc_mcontext.fpregs->_xmm[5].element[0] = 0x5678;
}

static void change_context(void)
{
	struct sigaction sa = { .sa_sigaction = on_change, .sa_flags = SA_SIGINFO };
	unsigned long r12 = 0, xmm = 0;
	long self = gettid(), ret = 200; /* tkill */

	sigaction(SIGUSR2, &sa, NULL);
	asm volatile(
		"xor %%r12d, %%r12d; pxor %%xmm5, %%xmm5; syscall; mov %%r12, %1; movq %%xmm5, %2"
		: "+a"(ret), "=&r"(r12), "=&r"(xmm)
		: "D"(self), "S"((long)SIGUSR2)
		: "r12", "xmm5", "rcx", "r11", "memory");
	check("handler changes a register", r12 == 0x1234, "r12 %lx", r12);
	check("handler changes an xmm register", (unsigned int)xmm == 0x5678, "xmm5 %lx", xmm);
}

/* What sigreturn takes from a frame that leads nowhere must not hurt the kernel. */
static void on_bad(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;
	long bad[] = { 0x800000000000, -0x1000, 0x7fffffffffff0000 };

	(void)sig;
	uc->uc_mcontext.gregs[info->si_value.sival_int < 3 ? REG_RIP : REG_RSP] =
		bad[info->si_value.sival_int % 3];
}

static void bad_frames(void)
{
	struct sigaction sa = { .sa_sigaction = on_bad, .sa_flags = SA_SIGINFO };
	int status, good = 1;

	for (int i = 0; i < 6; i++) {
		pid_t pid = fork();

		if (!pid) {
			sigaction(SIGUSR1, &sa, NULL);
			sigqueue(getpid(), SIGUSR1, (union sigval){ .sival_int = i });
			_exit(0);
		}
		waitpid(pid, &status, 0);
		good &= WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV;
	}
	check("sigreturn to nowhere is SIGSEGV", good, "last status %x", status);
}

static void restarts(void)
{
	struct timespec t = { 0, 30000000 };
	char byte;
	int p[2];

	struct sigaction sa = { .sa_handler = on_tick };

	sigaction(SIGALRM, &sa, NULL);
	interval(5000);
	check("nanosleep is interrupted", nanosleep(&t, &t) == -1 && errno == EINTR, "%m");
	if (pipe(p))
		return;
	check("read is interrupted", read(p[0], &byte, 1) == -1 && errno == EINTR, "%m");
	sa.sa_flags = SA_RESTART;
	sigaction(SIGALRM, &sa, NULL);
	if (!fork()) {
		interval(0);
		usleep(50000);
		_exit(write(p[1], "x", 1) != 1);
	}
	check("read is restarted", read(p[0], &byte, 1) == 1, "%m");
	interval(0);
	while (wait(NULL) > 0)
		;
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	under_load();
	direction_flag();
	alternate_stack();
	stack_overflow();
	change_context();
	bad_frames();
	restarts();
	return check_done();
}
