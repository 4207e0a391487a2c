// SPDX-License-Identifier: GPL-2.0
/*
 * What few machines have: x2APIC, the TSC-deadline timer, AVX-512 state. Says which of them the
 * kernel uses, as only a program in ring 0 can, and tries all: registers across switches, moves and
 * signals, timers and interrupts between processors. Ends with status 0 if all is well.
 */
#define _GNU_SOURCE
#include <cpuid.h>
#include <errno.h>
#include <linux/membarrier.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <time.h>
#include "abi/check.h"

#ifndef AT_MINSIGSTKSZ
#define AT_MINSIGSTKSZ 51
#endif

#define MSR_APIC_BASE	 0x1b
#define APIC_BASE_X2	 0x400
#define MSR_X2_LVT_TIMER 0x832
#define DEADLINE_MODE	 0x40000

/* Few: the machine that has all this is an emulated one, a hundred times slower. */
enum { THREADS = 3, SIGNALS = 8, SLEEPS = 10, TURNS = 100 };
enum { SW_BYTES = 464, XSTATE_ZMM_LOW = 1 << 6, COMPONENT_ZMM_HIGH = 7 };

/* ---- what the kernel uses -------------------------------------------------- */

static uint64_t rdmsr(uint32_t msr)
{
	uint32_t low, high;

	asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr));
	return low | (uint64_t)high << 32;
}

static void run_on(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		check("a thread chooses its processor", 0, "%m");
}

static void report(int cpu)
{
	int x2;

	run_on(cpu);
	x2 = !!(rdmsr(MSR_APIC_BASE) & APIC_BASE_X2);
	printf("processor %d: x2apic=%d deadline=%d\n", cpu, x2,
	       x2 && (rdmsr(MSR_X2_LVT_TIMER) & DEADLINE_MODE));
}

/* ---- registers -------------------------------------------------------------- */

struct registers {
	uint64_t zmm[32][8], k[8];
};

struct spinner {
	pthread_t thread;
	struct registers in, out;
	sem_t ready;
	volatile long signals;
	uint32_t frame_size,
		in_frame; /* of the last signal; signals whose frame had the registers */
};

static __thread struct spinner *self;

static void fill(void *area, size_t size, uint64_t seed)
{
	for (size_t i = 0; i < size / 8; i++)
		((uint64_t *)area)[i] = seed = seed * 6364136223846793005 + 1442695040888963407;
}

#define ALL_ZMM \
	"0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"

#define LOAD                                                                   \
	".irp n," ALL_ZMM "\n\tvmovdqu64 \\n*64(%[in]), %%zmm\\n\n\t.endr\n\t" \
	".irp n,1,2,3,4,5,6,7\n\tkmovq 2048+\\n*8(%[in]), %%k\\n\n\t.endr\n\t"

/* Nothing but these registers is at work until the last signal has been there. */
__attribute__((target("avx512f,avx512bw"), noinline)) static void spin(struct spinner *s)
{
	asm volatile(LOAD "1:	pause\n\t"
			  "cmpq %[wanted], %[seen]\n\t"
			  "jl 1b\n\t"
			  ".irp n," ALL_ZMM "\n\tvmovdqu64 %%zmm\\n, \\n*64(%[out])\n\t.endr\n\t"
			  ".irp n,1,2,3,4,5,6,7\n\tkmovq %%k\\n, 2048+\\n*8(%[out])\n\t.endr\n\t"
			  "vzeroupper"
		     :
		     : [in] "r"(&s->in), [out] "r"(&s->out), [seen] "m"(s->signals),
		       [wanted] "i"(SIGNALS)
		     : "memory", "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6",
		       "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15",
		       "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23",
		       "xmm24", "xmm25", "xmm26", "xmm27", "xmm28", "xmm29", "xmm30", "xmm31", "k1",
		       "k2", "k3", "k4", "k5", "k6", "k7");
}

__attribute__((target("avx512f,avx512bw"), noinline)) static void
destroy(const struct registers *with)
{
	asm volatile(LOAD::[in] "r"(with)
		     : "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
		       "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15",
		       "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23",
		       "xmm24", "xmm25", "xmm26", "xmm27", "xmm28", "xmm29", "xmm30", "xmm31", "k1",
		       "k2", "k3", "k4", "k5", "k6", "k7");
}

/* The frame holds what was interrupted; what the handler leaves in zmm31's place is loaded by its
 * end. */
static void on_signal(int sig, siginfo_t *info, void *context)
{
	char *fp = (char *)((ucontext_t *)context)->uc_mcontext.fpregs;
	unsigned int size, offset = 0, c, d, last = sizeof(self->in.zmm[0]) * 15;
	struct registers other;

	__get_cpuid_count(0xd, COMPONENT_ZMM_HIGH, &size, &offset, &c, &d);
	memcpy(&self->frame_size, fp + SW_BYTES + 4, 4);
	if (!memcmp(fp + offset, self->in.zmm[16], sizeof(self->in.zmm[0]) * 16)) {
		self->in_frame++;
		fill(self->in.zmm[31], sizeof(self->in.zmm[31]), self->signals);
		memcpy(fp + offset + last, self->in.zmm[31], sizeof(self->in.zmm[31]));
	}
	fill(&other, sizeof(other), sig + self->signals);
	destroy(&other);
	self->signals++;
	(void)info;
}

static void *spinner(void *arg)
{
	self = arg;
	sem_post(&self->ready);
	spin(self);
	return NULL;
}

/* Threads that compute on fewer processors, moved from one to the other between signals. */
static void vector_state(int cpus)
{
	static struct spinner s[THREADS];
	struct sigaction action = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO };
	unsigned long least = getauxval(AT_MINSIGSTKSZ);
	cpu_set_t set;

	sigaction(SIGUSR1, &action, NULL);
	for (int i = 0; i < THREADS; i++) {
		fill(&s[i].in, sizeof(s[i].in), i + 1);
		sem_init(&s[i].ready, 0, 0);
		pthread_create(&s[i].thread, NULL, spinner, &s[i]);
		sem_wait(&s[i].ready);
	}
	for (int n = 0; n < SIGNALS; n++) {
		for (int i = 0; i < THREADS; i++) {
			CPU_ZERO(&set);
			CPU_SET((n + i) % cpus, &set);
			pthread_setaffinity_np(s[i].thread, sizeof(set), &set);
			pthread_kill(s[i].thread, SIGUSR1);
			while (s[i].signals <= n)
				usleep(100);
		}
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(s[i].thread, NULL);
		check("AVX-512 registers are kept",
		      !memcmp(&s[i].in.zmm, &s[i].out.zmm, sizeof(s[i].in.zmm)), "thread %d", i);
		check("mask registers are kept", !memcmp(s[i].in.k + 1, s[i].out.k + 1, 7 * 8),
		      "thread %d", i);
		check("signal frames hold the registers", s[i].in_frame >= SIGNALS / 2, "%u of %d",
		      s[i].in_frame, SIGNALS);
		check("AT_MINSIGSTKSZ covers a frame",
		      s[i].frame_size > 2048 && s[i].frame_size < least, "%u, AT_MINSIGSTKSZ %lu",
		      s[i].frame_size, least);
	}
}

/* ---- timers and interrupts --------------------------------------------------- */

static void timers(int cpu)
{
	struct timespec before, after, ms = { 0, 1000000 };
	long us;

	run_on(cpu);
	clock_gettime(CLOCK_MONOTONIC, &before);
	for (int i = 0; i < SLEEPS; i++)
		nanosleep(&ms, NULL);
	clock_gettime(CLOCK_MONOTONIC, &after);
	us = (after.tv_sec - before.tv_sec) * 1000000 + (after.tv_nsec - before.tv_nsec) / 1000;
	check(cpu ? "timers fire, not early, on the others" : "timers fire, not early",
	      us >= SLEEPS * 1000, "%d sleeps took %ld us", SLEEPS, us);
}

static sem_t there, back;
static volatile int enough;

static void *answer(void *arg)
{
	run_on((long)arg);
	for (int i = 0; i < TURNS; i++) {
		sem_wait(&there);
		sem_post(&back);
	}
	while (!enough)
		__builtin_ia32_pause();
	return NULL;
}

/* Each turn wakes a processor that has gone idle; a barrier interrupts one that runs our thread. */
static void interrupts(void)
{
	pthread_t t;
	int barriers = 0, turns = 0;

	run_on(0);
	sem_init(&there, 0, 0);
	sem_init(&back, 0, 0);
	pthread_create(&t, NULL, answer, (void *)1);
	for (; turns < TURNS; turns++) {
		sem_post(&there);
		sem_wait(&back);
	}
	check("processors wake each other", turns == TURNS, "%d", turns);
	syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0);
	for (int i = 0; i < TURNS; i++)
		barriers += !syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
	enough = 1;
	pthread_join(t, NULL);
	check("barriers on all processors", barriers == TURNS, "%d", barriers);
}

int main(void)
{
	int cpus = sysconf(_SC_NPROCESSORS_ONLN);

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (int i = 0; i < cpus; i++)
		report(i);
	printf("avx512=%d\n", !!__builtin_cpu_supports("avx512bw"));
	for (int i = 0; i < cpus; i++)
		timers(i);
	if (cpus > 1)
		interrupts();
	if (__builtin_cpu_supports("avx512bw"))
		vector_state(cpus);
	printf(check_done() ? "not all is well\n" : "all is well\n");
	return check_done();
}
