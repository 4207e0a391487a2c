// SPDX-License-Identifier: GPL-2.0
/* Ends in the way its argument names. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

static volatile int *const nowhere = (int *)0x10;

/*
 * The program runs in ring 0, so it can call panic() itself, whose address the test takes from the
 * image's debugging information. The kernel's per-CPU data are at %gs after swapgs.
 */
static void kernel_crash(const char *panic)
{
	unsigned long address = strtoul(panic, NULL, 16);

	asm volatile("cli\n\tswapgs\n\tcall *%0" : : "r"(address), "D"("on purpose"), "a"(0));
}

/* A process has nothing of the kind; it is the kernel's own text, in the same address space. */
static void process_crash(const char *panic)
{
	((void (*)(const char *))strtoul(panic, NULL, 16))("on purpose");
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";

	if (!strcmp(how, "segv"))
		*nowhere = 1;
	else if (!strcmp(how, "abort"))
		kill(getpid(), SIGABRT);
	else if (!strcmp(how, "kernel") && argc > 2)
		kernel_crash(argv[2]);
	else if (!strcmp(how, "process") && argc > 2)
		process_crash(argv[2]);
	else if (!strcmp(how, "hang"))
		for (;;)
			pause();
	else if (!strcmp(how, "poweroff"))
		reboot(RB_POWER_OFF);
	else if (!strcmp(how, "halt"))
		reboot(RB_HALT_SYSTEM);
	else if (!strcmp(how, "restart"))
		reboot(RB_AUTOBOOT);
	else
		fprintf(stderr, "usage: die segv|abort|hang|poweroff|halt|restart|kernel "
				"PANIC|process PANIC\n");
	return 2;
}
