// SPDX-License-Identifier: GPL-2.0
/* What belongs to a thread survives switches: vector registers, FS and GS bases, rseq. */
#define _GNU_SOURCE
#include <asm/prctl.h>
#include <cpuid.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/rseq.h>
#include <sys/syscall.h>
#include "check.h"

#ifndef HWCAP2_FSGSBASE
#define HWCAP2_FSGSBASE 2
#endif

static volatile int stop, lost, gs_lost;

__attribute__((target("avx"), noinline)) static int ymm_kept(long seed)
{
	long in[4] = { seed, ~seed, seed * 3, seed * 5 }, out[4];

	asm volatile("vmovdqu %1, %%ymm9\n\tmov $24, %%eax\n\tsyscall\n\tvmovdqu %%ymm9, %0"
		     : "=m"(out)
		     : "m"(in)
		     : "rax", "rcx", "r11", "xmm9", "memory");
	return !memcmp(in, out, sizeof(in));
}

__attribute__((target("avx512f"), noinline)) static int zmm_kept(long seed)
{
	long in[8] = { seed, ~seed, 3, 4, seed * 5, 6, 7, seed * 8 }, out[8];

	asm volatile("vmovdqu64 %1, %%zmm19\n\tmov $24, %%eax\n\tsyscall\n\tvmovdqu64 %%zmm19, %0"
		     : "=m"(out)
		     : "m"(in)
		     : "rax", "rcx", "r11", "xmm19", "memory");
	return !memcmp(in, out, sizeof(in));
}

static void *vectors(void *arg)
{
	for (long i = (long)arg; !stop; i += 7) {
		if (__builtin_cpu_supports("avx") && !ymm_kept(i))
			lost = 1;
		if (__builtin_cpu_supports("avx512f") && !zmm_kept(i))
			lost = 1;
	}
	return NULL;
}

static void on_signal(int sig)
{
	if (__builtin_cpu_supports("avx"))
		ymm_kept(sig);
}

static void *bases(void *arg)
{
	unsigned long gs;

	syscall(SYS_arch_prctl, ARCH_SET_GS, arg);
	while (!stop) {
		sched_yield();
		syscall(SYS_arch_prctl, ARCH_GET_GS, &gs);
		gs_lost |= gs != (unsigned long)arg;
	}
	return NULL;
}

static void switches(void)
{
	static char area[2][64];
	pthread_t t[4];

	signal(SIGUSR1, on_signal);
	for (long i = 0; i < 2; i++) {
		pthread_create(&t[i], NULL, vectors, (void *)(i + 1));
		pthread_create(&t[i + 2], NULL, bases, area[i]);
	}
	for (int i = 0; i < 300; i++) {
		pthread_kill(t[i & 1], SIGUSR1);
		usleep(1000);
	}
	stop = 1;
	for (int i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	check("vector registers kept", !lost, "lost");
	check("GS base kept", !gs_lost, "lost");
}

static void fsgsbase(void)
{
	unsigned int a, b = 0, c, d;
	unsigned long base = 0x123456000, seen = 0;

	__get_cpuid_count(7, 0, &a, &b, &c, &d);
	check("FSGSBASE told as the CPU has it",
	      !(getauxval(AT_HWCAP2) & HWCAP2_FSGSBASE) == !(b & 1), "AT_HWCAP2 %lx",
	      getauxval(AT_HWCAP2));
	if (!(getauxval(AT_HWCAP2) & HWCAP2_FSGSBASE))
		return;
	asm volatile("wrgsbase %0" ::"r"(base));
	for (int i = 0; i < 100; i++)
		sched_yield();
	usleep(1000);
	asm volatile("rdgsbase %0" : "=r"(seen));
	check("wrgsbase survives switches", seen == base, "%lx", seen);
	syscall(SYS_arch_prctl, ARCH_GET_GS, &seen);
	check("ARCH_GET_GS sees wrgsbase", seen == base, "%lx", seen);
}

/* Linux's own layout (linux/rseq.h), registered by hand where libc has not done it. */
struct area {
	unsigned int cpu_id_start, cpu_id;
	unsigned long rseq_cs;
	unsigned int flags, node_id, mm_cid;
} __attribute__((aligned(32)));

struct critical {
	unsigned int version, flags;
	unsigned long start_ip, post_commit_offset, abort_ip;
} __attribute__((aligned(32)));

/* A section that a system call interrupts would be illegal; a signal ends it. */
static int section_aborts(struct area *area)
{
	static struct critical cs;
	int aborted = 0;

	asm goto("lea 1f(%%rip), %%rax; mov %%rax, 8(%0)\n\t"
		 "lea 3f(%%rip), %%rax; mov %%rax, 24(%0)\n\t"
		 "movq $(2f - 1f), 16(%0)\n\t"
		 "mov %0, 8(%1)\n"
		 "1:	jmp 1b\n"
		 "2:	jmp 4f\n"
		 ".long 0x53053053\n"
		 "3:	jmp %l[abort]\n"
		 "4:\n" ::"r"(&cs),
		 "r"(area)
		 : "rax", "memory"
		 : abort);
	return aborted;
abort:
	return 1;
}

static void restartable(void)
{
	static struct area area;
	struct area *used = &area;
	long err = syscall(SYS_rseq, &area, 32, 0, 0x53053053);

	if (err && errno != ENOSYS) /* libc has */
		used = (struct area *)((char *)__builtin_thread_pointer() + __rseq_offset);
	check("rseq is there", !err || errno != ENOSYS, "%m");
	if (err && errno == ENOSYS)
		return;
	check("rseq knows the CPU", used->cpu_id < 1024, "%u", used->cpu_id);
	alarm(1);
	check("a signal aborts a critical section", section_aborts(used), "went on");
}

static void on_alarm(int sig)
{
	(void)sig;
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGALRM, on_alarm);
	switches();
	fsgsbase();
	restartable();
	return check_done();
}
