// SPDX-License-Identifier: GPL-2.0
/* The time in which the programs run: signals, the children's ends, and the timers. */
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "init.h"

static volatile sig_atomic_t stop_wanted;

long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void pause_ms(long ms)
{
	struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&ts, NULL);
}

void stop_request(void)
{
	stop_wanted = 1;
}

static void on_stop(int sig)
{
	(void)sig;
	stop_wanted = 1;
}

/* Only there to end a wait. */
static void on_child(int sig)
{
	(void)sig;
}

/* The status is that of a program which the request would have ended. */
void wait_or_stop(int fd, long ms)
{
	struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	sigset_t none;

	sigemptyset(&none);
	ppoll(&pfd, 1, &ts, &none);
	if (stop_wanted)
		end_machine(128 + SIGTERM);
}

static void handle(int sig, void (*handler)(int))
{
	struct sigaction sa = { .sa_handler = handler };

	sigaction(sig, &sa, NULL);
}

/* All signals are blocked from here on, but while io_poll() waits. */
void signals_block(void)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	handle(SIGCHLD, on_child);
	/* Ctrl-Alt-Del, which is how the platform asks for the end, comes as SIGINT. */
	handle(SIGINT, on_stop);
	handle(SIGTERM, on_stop);
	handle(SIGPIPE, SIG_IGN);
}

/* For a program: exec puts the handlers back, but not what is ignored or blocked. */
void signals_default(void)
{
	sigset_t none;

	handle(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void reap(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		programs_reaped(pid, status);
}

static long sooner(long a, long b)
{
	return a < 0 ? b : b < 0 || a < b ? a : b;
}

/* Return the status of the machine when all programs have ended. */
int run(void)
{
	long deadline = -1, left;
	int status, ended;

	for (;;) {
		reap();
		ended = programs_status(&status);
		if (!programs_alive())
			return status;
		if (deadline < 0 && (ended || stop_wanted)) {
			programs_signal(SIGTERM);
			deadline = now_ms() + conf.grace * 1000L;
		}
		left = deadline < 0 ? -1 : deadline - now_ms();
		if (deadline >= 0 && left <= 0) {
			programs_signal(SIGKILL);
			left = 100;
		}
		io_poll(sooner(dhcp_tick(), left));
	}
}
