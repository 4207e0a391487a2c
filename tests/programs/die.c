// SPDX-License-Identifier: GPL-2.0
/* Ends in the way its argument names. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static volatile int *const nowhere = (int *)0x10;

static void kernel_crash(void)
{
	/*
	 * The program runs in ring 0, so it can jump into the kernel's half. Nothing is mapped
	 * there, and the fault has an instruction pointer of the kernel's.
	 */
	((void (*)(void))0xfffffffff0000000UL)();
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";

	if (!strcmp(how, "segv"))
		*nowhere = 1;
	else if (!strcmp(how, "abort"))
		kill(getpid(), SIGABRT);
	else if (!strcmp(how, "kernel"))
		kernel_crash();
	else if (!strcmp(how, "hang"))
		for (;;)
			pause();
	else
		fprintf(stderr, "usage: die segv|abort|kernel|hang\n");
	return 2;
}
