// SPDX-License-Identifier: GPL-2.0
/* Each exception becomes its signal, with the code and address that Linux gives. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <ucontext.h>
#include "check.h"

static sigjmp_buf back;
static volatile int got_sig, got_code;
static volatile unsigned long got_addr, got_trap;

static void on_fault(int sig, siginfo_t *info, void *context)
{
	ucontext_t *uc = context;

	got_sig = sig;
	got_code = info->si_code;
	got_addr = (unsigned long)info->si_addr;
	got_trap = uc->uc_mcontext.gregs[REG_TRAPNO];
	siglongjmp(back, 1);
}

#define EXPECT(name, sig, code, trap, action)                                             \
	do {                                                                              \
		got_sig = 0;                                                              \
		if (!sigsetjmp(back, 1)) {                                                \
			action;                                                           \
		}                                                                         \
		check(name, got_sig == (sig) && got_code == (code) && got_trap == (trap), \
		      "signal %d code %d trap %ld", got_sig, got_code, got_trap);         \
	} while (0)

static void divide(void)
{
	asm volatile("xor %%ecx, %%ecx; mov $1, %%eax; cltd; idiv %%ecx" ::: "eax", "ecx", "edx");
}

static void single_step(void)
{
	asm volatile("pushf; orl $0x100, (%%rsp); popf; nop" ::: "memory", "cc");
}

/* x87 and not SSE: the emulator raises no SSE exceptions. */
static void x87_exception(void)
{
	unsigned short control = 0x37f & ~0x4; /* division by zero unmasked */

	asm volatile("fninit; fldcw %0; fld1; fldz; fdivrp; fwait" ::"m"(control));
}

static void exceptions(void)
{
	EXPECT("divide error", SIGFPE, FPE_INTDIV, 0, divide());
	EXPECT("single step", SIGTRAP, TRAP_TRACE, 1, single_step());
	EXPECT("int3", SIGTRAP, SI_KERNEL, 3, asm volatile("int3"));
	EXPECT("invalid opcode", SIGILL, ILL_ILLOPN, 6, asm volatile("ud2"));
	EXPECT("non-canonical read", SIGSEGV, SI_KERNEL, 13, *(volatile char *)0x800000000000UL);
	EXPECT("non-canonical jump", SIGSEGV, SI_KERNEL, 13,
	       asm volatile("jmp *%0" ::"r"(0x800000000000UL)));
	EXPECT("x87 exception", SIGFPE, FPE_FLTDIV, 16, x87_exception());
	asm volatile("fninit");
}

static void page_faults(void)
{
	char *p = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd = memfd_create("short", 0);
	int *volatile null = (int *)8;
	char *beyond;

	EXPECT("null pointer", SIGSEGV, SEGV_MAPERR, 14, *null = 1);
	check("null pointer's address", got_addr == 8, "%lx", got_addr);
	EXPECT("null call", SIGSEGV, SEGV_MAPERR, 14, ((void (*)(void))0)());
	check("null call's address", got_addr == 0, "%lx", got_addr);
	*p = (char)0xc3; /* ret */
	EXPECT("no-execute", SIGSEGV, SEGV_ACCERR, 14, ((void (*)(void))p)());
	mprotect(p, 4096, PROT_READ | PROT_EXEC);
	EXPECT("read-only", SIGSEGV, SEGV_ACCERR, 14, *(volatile char *)p = 1);
	((void (*)(void))p)();
	check("executable after mprotect", 1, " ");
	mprotect(p, 4096, PROT_NONE);
	EXPECT("PROT_NONE", SIGSEGV, SEGV_ACCERR, 14, *(volatile char *)p);
	mprotect(p, 4096, PROT_READ);
	check("readable after PROT_NONE", *p == (char)0xc3, "%d", *p);
	if (ftruncate(fd, 4096))
		return;
	beyond = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fd, 0);
	EXPECT("beyond the file's end", SIGBUS, BUS_ADRERR, 14, *(volatile char *)(beyond + 4096));
}

/* Bad pointers given to system calls are errors, not signals. */
static void system_calls(void)
{
	char *volatile bad = (char *)16;
	int p[2];

	if (pipe(p))
		return;
	check("EFAULT from write", write(p[1], bad, 4) == -1 && errno == EFAULT, "%m");
	check("EFAULT for the kernel's half",
	      write(p[1], (void *)-4096L, 4) == -1 && errno == EFAULT, "%m");
	check("EFAULT for a non-canonical pointer",
	      write(p[1], (void *)0x800000000000UL, 4) == -1 && errno == EFAULT, "%m");
	check("EFAULT from open", open(bad, O_RDONLY) == -1 && errno == EFAULT, "%m");
	check("unknown system call", syscall(9999) == -1 && errno == ENOSYS, "%m");
	check("negative system call", syscall(-5L) == -1 && errno == ENOSYS, "%m");
	check("no module loader", syscall(SYS_init_module, 0, 0, "") == -1 && errno == ENOSYS,
	      "%m");
}

/* The kernel shares ring 0 with the program; its pages are protected all the same. */
static void kernel_pages(void)
{
	char *volatile text = (char *)0xffffffff80101000UL, *volatile hole = (char *)-0x10000L;
	void (*volatile direct_map)(void) = (void (*)(void))0xffff888000101000UL;
	void (*volatile nowhere)(void) = (void (*)(void)) - 0x10000L;

	EXPECT("kernel text is read-only", SIGSEGV, SEGV_MAPERR, 14, *text = 1);
	EXPECT("no-execute outside kernel text", SIGSEGV, SEGV_MAPERR, 14, direct_map());
	EXPECT("jump to an unmapped kernel address", SIGSEGV, SEGV_MAPERR, 14, nowhere());
	EXPECT("write to an unmapped kernel address", SIGSEGV, SEGV_MAPERR, 14, *hole = 1);
}

static void wild_stack_pointer(void)
{
	int status = 0;
	pid_t pid = fork();

	if (!pid) {
		signal(SIGSEGV, SIG_DFL);
		asm volatile("mov $-0x2000, %%rax; mov %%rax, %%rsp; push %%rax" ::
				     : "rax", "memory");
		_exit(0);
	}
	waitpid(pid, &status, 0);
	check("wild stack pointer kills the program only", WIFSIGNALED(status), "status %x",
	      status);
}

int main(void)
{
	struct sigaction sa = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO };
	static const int sigs[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP };

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (unsigned int i = 0; i < sizeof(sigs) / sizeof(sigs[0]); i++)
		sigaction(sigs[i], &sa, NULL);
	exceptions();
	page_faults();
	system_calls();
	kernel_pages();
	wild_stack_pointer();
	return check_done();
}
