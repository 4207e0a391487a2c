// SPDX-License-Identifier: GPL-2.0
/*
 * Keeps the kernel's entry code busy until standard input ends: system calls, signals, page faults
 * and switches between threads, each checking that its registers come through unchanged.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>

#include "abi/check.h"

#define PAGE 4096UL

static atomic_int stop;
static pid_t parent;

struct work {
	const char *name;
	volatile long rounds, bad;
};

/* Registers that a system call must keep, general and SSE; rcx and r11 are its own. */
static int call_keeps_registers(uint64_t mark)
{
	register uint64_t r8 asm("r8") = mark, r9 asm("r9") = ~mark, r10 asm("r10") = mark + 1;
	uint64_t rdx = mark ^ 0x5555, xmm = 0;
	long ret = SYS_getppid;

	asm volatile("movq %[mark], %%xmm7\n\t"
		     "movq %[mark], %%xmm15\n\t"
		     "syscall\n\t"
		     "pxor %%xmm7, %%xmm15\n\t"
		     "movq %%xmm15, %[xmm]\n\t"
		     "movq %%xmm7, %%r11\n\t"
		     "xor %[mark], %%r11\n\t"
		     "or %%r11, %[xmm]"
		     : "+a"(ret), "+r"(r8), "+r"(r9), "+r"(r10), "+d"(rdx), [xmm] "=&r"(xmm)
		     : [mark] "r"(mark)
		     : "rcx", "r11", "xmm7", "xmm15", "memory", "cc");
	return ret == parent && r8 == mark && r9 == ~mark && r10 == mark + 1 &&
	       rdx == (mark ^ 0x5555) && !xmm;
}

static void *call(void *arg)
{
	struct work *w = arg;

	do {
		w->bad += !call_keeps_registers(w->rounds * 0x9e3779b97f4a7c15);
		w->rounds++;
	} while (!stop);
	return NULL;
}

static _Thread_local volatile sig_atomic_t caught;
static atomic_long ticks;

static void on_signal(int sig)
{
	volatile double x = sig;

	/* Spoils what the interrupted code has in its SSE registers. */
	x = x * 3 + 1;
	caught++;
	if (sig == SIGALRM)
		ticks++;
}

static void *signals(void *arg)
{
	struct work *w = arg;

	do {
		double sum = 0;
		int before = caught;

		raise(SIGUSR1);
		for (int i = 1; i <= 100; i++)
			sum += i * 0.5;
		w->bad += sum != 2525.0 || caught - before < 1;
		w->rounds++;
	} while (!stop);
	return NULL;
}

static void *faults(void *arg)
{
	struct work *w = arg;

	do {
		char *p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			       -1, 0);

		for (size_t i = 0; p != MAP_FAILED && i < 4; i++) {
			w->bad += p[i * PAGE] != 0;
			p[i * PAGE] = 1;
		}
		w->bad += p == MAP_FAILED || munmap(p, 4 * PAGE);
		w->rounds++;
	} while (!stop);
	return NULL;
}

struct ring {
	struct work work;
	int in, out;
};

static void *pass(void *arg)
{
	struct ring *r = arg;
	char c;

	while (read(r->in, &c, 1) == 1 && write(r->out, &c, 1) == 1)
		r->work.rounds++;
	return NULL;
}

static void start(pthread_t *thread, void *(*fn)(void *), void *arg)
{
	if (pthread_create(thread, NULL, fn, arg))
		check("a thread", 0, "cannot be started");
}

int main(void)
{
	struct work works[] = { { "system calls", 0, 0 }, { "signals", 0, 0 }, { "faults", 0, 0 } };
	void *(*const fns[])(void *) = { call, signals, faults };
	struct itimerval often = { { 0, 2000 }, { 0, 2000 } };
	struct sigaction sa = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	struct ring ring[2] = { 0 };
	pthread_t threads[5];
	int ab[2], ba[2];
	char c = 0;

	parent = getppid();
	sigaction(SIGUSR1, &sa, NULL);
	sigaction(SIGALRM, &sa, NULL);
	if (pipe(ab) || pipe(ba))
		return 1;
	ring[0] = (struct ring){ .in = ab[0], .out = ba[1] };
	ring[1] = (struct ring){ .in = ba[0], .out = ab[1] };
	for (int i = 0; i < 3; i++)
		start(&threads[i], fns[i], &works[i]);
	for (int i = 0; i < 2; i++)
		start(&threads[3 + i], pass, &ring[i]);
	setitimer(ITIMER_REAL, &often, NULL);
	if (write(ab[1], "x", 1) != 1)
		return 1;

	while (read(0, &c, 1) > 0)
		;
	stop = 1;
	for (int i = 0; i < 3; i++) {
		pthread_join(threads[i], NULL);
		check(works[i].name, !works[i].bad, "%ld of %ld rounds bad", works[i].bad,
		      works[i].rounds);
	}
	/* However slow the machine is, these come: a test that waits for ever has failed. */
	while (!ring[0].work.rounds || !ticks)
		sched_yield();
	check("switches between threads and timer signals", 1, "none");
	return check_done();
}
