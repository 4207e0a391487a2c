// SPDX-License-Identifier: GPL-2.0
/*
 * Makes the kernel run over its stack, in a process, where it shares the address space with its
 * program: a system call becomes a function of this program that calls itself. The argument is the
 * address of sys_call_table.
 */
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile int deepest = 1 << 20;

static __attribute__((noinline)) int deeper(int depth)
{
	volatile char frame[100];

	frame[depth % sizeof(frame)] = 1;
	if (depth < deepest)
		depth = deeper(depth + 1);
	return depth + frame[0];
}

static long endless(void)
{
	return deeper(0);
}

int main(int argc, char **argv)
{
	long (**table)(void) = (void *)strtoul(argc > 1 ? argv[1] : "", NULL, 16);

	if (!table)
		return 2;
	table[SYS_getppid] = endless;
	syscall(SYS_getppid);
	return 3;
}
