// SPDX-License-Identifier: GPL-2.0
/* The end of the machine, good or bad. */
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "init.h"

#define RESTART_MAGIC1	0xfee1dead
#define RESTART_MAGIC2	672274793
#define RESTART_COMMAND 0xa1b2c3d4

enum { REAP_PATIENCE_MS = 2000 };

/* A process that hangs in the kernel must not keep the machine from ending. */
static void kill_all(void)
{
	long end = now_ms() + REAP_PATIENCE_MS;
	pid_t pid;

	if (kill(-1, SIGKILL))
		return;
	while ((pid = waitpid(-1, NULL, WNOHANG)) >= 0 && now_ms() < end) {
		if (!pid)
			pause_ms(1);
	}
}

/* The platform hands the text of the restart command to the launcher. */
void end_machine(int status)
{
	kill_all();
	blocks_settle();
	io_end(status);
	syscall(SYS_reboot, RESTART_MAGIC1, RESTART_MAGIC2, RESTART_COMMAND,
		join("exit ", decimal(status), NULL));
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}

void fatal(const char *first, ...)
{
	static int again;
	static char text[1024];
	char *end = stpcpy(text, "rumprun: ");
	va_list ap;

	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *)) {
		if (strlen(s) < (size_t)(text + sizeof(text) - end) - 1)
			end = stpcpy(end, s);
	}
	va_end(ap);
	strcpy(end, "\n");
	if (again++)
		write(2, text, strlen(text));
	else
		io_stderr(text);
	end_machine(STATUS_INIT);
}
