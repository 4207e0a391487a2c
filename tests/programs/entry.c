// SPDX-License-Identifier: GPL-2.0
/* System calls by a jump to where AT_SYSINFO says (doc/architecture.md, In a process). */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "abi/check.h"

static unsigned long entry;
static int ends[2];

static long call(long nr, long a, long b, long c)
{
	long result;

	asm volatile("leaq 1f(%%rip), %%rcx\n"
		     "	jmp *%5\n"
		     "	syscall\n"
		     "1:\n"
		     : "=a"(result)
		     : "0"(nr), "D"(a), "S"(b), "d"(c), "r"(entry)
		     : "rcx", "r11", "memory");
	return result;
}

/* What lies below the stack pointer is the program's. */
static int red_zone_kept(void)
{
	long below;

	asm volatile("movq $0x5aa5, -120(%%rsp)\n"
		     "	leaq 1f(%%rip), %%rcx\n"
		     "	jmp *%2\n"
		     "	syscall\n"
		     "1:	movq -120(%%rsp), %0\n"
		     : "=r"(below)
		     : "a"(SYS_getppid), "r"(entry)
		     : "rcx", "r11", "memory");
	return below == 0x5aa5;
}

static void on_alarm(int sig)
{
	(void)sig;
	if (write(ends[1], "x", 1) != 1)
		_exit(9);
}

static long read_over_alarm(int flags)
{
	struct sigaction sa = { .sa_handler = on_alarm, .sa_flags = flags };
	char byte;

	sigaction(SIGALRM, &sa, NULL);
	alarm(1);
	return call(SYS_read, ends[0], (long)&byte, 1);
}

int main(void)
{
	entry = getauxval(AT_SYSINFO);
	check("there is an entry", entry, "none");
	if (!entry)
		return check_done();
	check("getpid", call(SYS_getpid, 0, 0, 0) == getpid(), "another");
	check("an error", call(SYS_close, -1, 0, 0) == -EBADF, "another");
	check("the red zone is kept", red_zone_kept(), "written to");
	check("a pipe", !pipe(ends), "%m");
	check("a call is restarted", read_over_alarm(SA_RESTART) == 1, "ended");
	check("a call is interrupted", read_over_alarm(0) == -EINTR, "went on");
	return check_done();
}
