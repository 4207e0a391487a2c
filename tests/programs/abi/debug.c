// SPDX-License-Identifier: GPL-2.0
/*
 * Debug exceptions. The program runs in ring 0, so that it can load the debug registers itself, and
 * put breakpoints into the kernel's entry code, where the stack or GS is still the program's.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>

#include "check.h"

/* Intel SDM vol. 3, 18.2: DR6 and DR7. */
#define DR6_HITS    0xfUL
#define DR6_STEP    (1UL << 14)
#define DR7_EXECUTE 0x1UL     /* breakpoint 0, local */
#define DR7_WRITE8  0x90001UL /* the same for writes of 8 bytes */
#define MSR_LSTAR   0xc0000082
#define ENTRY_BYTES 320 /* covers entry_syscall */
#define FLAG_TF	    0x100

static volatile sig_atomic_t traps, last_code;
static volatile uintptr_t last_ip;

static void on_trap(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	(void)sig;
	traps++;
	last_code = info->si_code;
	last_ip = uc->uc_mcontext.gregs[REG_RIP];
}

static void set_dr7(unsigned long v)
{
	asm volatile("mov %0, %%dr7" ::"r"(v));
}

static void set_breakpoint(unsigned long address, unsigned long dr7)
{
	asm volatile("mov %0, %%dr0" ::"r"(address));
	set_dr7(dr7);
}

static unsigned long get_dr6(void)
{
	unsigned long v;

	asm volatile("mov %%dr6, %0" : "=r"(v));
	return v;
}

static void set_dr6(unsigned long v)
{
	asm volatile("mov %0, %%dr6" ::"r"(v));
}

static long bare_getppid(void)
{
	long ret;

	asm volatile("syscall" : "=a"(ret) : "0"(SYS_getppid) : "rcx", "r11", "memory");
	return ret;
}

/* Step over two nops and a system call: each gives a trap, and none gets lost in the kernel. */
static long step(void)
{
	long ret = SYS_getppid;

	asm volatile("sub $128, %%rsp\n\t" /* past the red zone, which pushf would write to */
		     "pushfq\n\t"
		     "orq %1, (%%rsp)\n\t"
		     "popfq\n\t"
		     "nop\n\t"
		     "nop\n\t"
		     "syscall\n\t"
		     "nop\n\t"
		     "pushfq\n\t"
		     "andq %2, (%%rsp)\n\t"
		     "popfq\n\t"
		     "add $128, %%rsp"
		     : "+a"(ret)
		     : "i"(FLAG_TF), "i"(~FLAG_TF)
		     : "rcx", "r11", "memory", "cc");
	return ret;
}

static void check_steps(void)
{
	long ret;

	traps = 0;
	ret = step();
	/* nop, nop, syscall (or what follows it), nop, pushf, and, popf */
	check("single steps run through a system call", traps >= 6 && traps <= 7, "%d traps",
	      (int)traps);
	check("its result is kept", ret == getppid(), "%ld", ret);
	check("the reason is a step", last_code == TRAP_TRACE, "code %d", (int)last_code);
	traps = 0;
	bare_getppid();
	check("and they end", traps == 0, "%d traps", (int)traps);
}

/* Not int1, the other one: QEMU does not emulate it. */
static void check_breakpoint(void)
{
	uintptr_t here;

	traps = 0;
	asm volatile("lea 1f(%%rip), %0\n\tint3\n1:" : "=r"(here)::"memory");
	check("int3", traps == 1 && last_ip == here && last_code == SI_KERNEL, "%d traps, code %d",
	      (int)traps, (int)last_code);
}

static void check_watch(void)
{
	static volatile unsigned long word;
	int pipe_ends[2];

	traps = 0;
	set_breakpoint((unsigned long)&word, DR7_WRITE8);
	word = 1;
	set_dr7(0);
	check("a watched word", traps == 1 && last_code == TRAP_HWBKPT, "%d traps, code %d",
	      (int)traps, (int)last_code);

	/* Written by the kernel: nobody is told, and the kernel goes on. */
	if (pipe(pipe_ends) || write(pipe_ends[1], "12345678", 8) != 8)
		check("a pipe", 0, "cannot be made");
	traps = 0;
	set_dr6(DR6_STEP);
	set_breakpoint((unsigned long)&word, DR7_WRITE8);
	if (read(pipe_ends[0], (void *)&word, 8) != 8)
		check("reading", 0, "failed");
	set_dr7(0);
	check("one that the kernel writes", !memcmp((void *)&word, "12345678", 8) && !traps,
	      "%d traps", (int)traps);
	check("had the kernel interrupted", !(get_dr6() & (DR6_HITS | DR6_STEP)), "DR6 %lx",
	      get_dr6());
}

/*
 * A breakpoint on each instruction of the way in and out. Whether the kernel was interrupted there
 * shows in DR6: its handler clears the bit that stands there before.
 */
static void check_entry(void)
{
	unsigned int low, high, hits = 0, bad = 0;
	unsigned long entry;
	long ppid = getppid();

	asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(MSR_LSTAR));
	entry = low | (unsigned long)high << 32;
	traps = 0;
	for (unsigned int i = 0; i < ENTRY_BYTES; i++) {
		set_dr6(DR6_STEP);
		set_breakpoint(entry + i, DR7_EXECUTE);
		bad += bare_getppid() != ppid;
		set_dr7(0);
		hits += !(get_dr6() & DR6_STEP);
	}
	set_dr6(0);
	check("breakpoints in the entry code are hit", hits > 40, "%u", hits);
	check("and change nothing", !bad && !traps, "%u bad results, %d traps", bad, (int)traps);
}

int main(void)
{
	struct sigaction sa = { .sa_sigaction = on_trap, .sa_flags = SA_SIGINFO };
	cpu_set_t one;

	/* The debug registers are a CPU's, not a thread's. */
	CPU_ZERO(&one);
	CPU_SET(0, &one);
	if (sched_setaffinity(0, sizeof(one), &one))
		check("staying on a CPU", 0, "impossible");
	sigaction(SIGTRAP, &sa, NULL);
	check_steps();
	check_breakpoint();
	check_watch();
	check_entry();
	return check_done();
}
