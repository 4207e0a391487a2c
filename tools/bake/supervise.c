// SPDX-License-Identifier: GPL-2.0
/*
 * The work is done by a child, so that the temporary folder goes away even when the work fails
 * badly or the user interrupts it.
 */
#include "bake.h"
#include "file.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t worker;

static void pass_on(int signal)
{
	if (worker > 0)
		kill(worker, signal);
}

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

/* Blocked as well, until it is known whom to pass them on to. */
static void catch_signals(sigset_t *caught)
{
	struct sigaction action = { .sa_handler = pass_on };

	sigemptyset(caught);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		sigaction(signals[i], &action, NULL);
		sigaddset(caught, signals[i]);
	}
	sigprocmask(SIG_BLOCK, caught, NULL);
}

static char *make_work_folder(void)
{
	const char *tmp = getenv("TMPDIR");
	char *path = xasprintf("%s/rumprun-bake.XXXXXX", tmp && *tmp ? tmp : "/tmp");

	if (!mkdtemp(path))
		die_errno("%s", path);
	return path;
}

int supervise(struct bake *b, int (*work)(struct bake *b))
{
	const char *unique;
	sigset_t caught;
	int status;

	b->work = make_work_folder();
	unique = b->work + strlen(b->work) - 6;
	b->partial = xasprintf("%s.%s.tmp", b->out, unique);
	b->partial_debug = xasprintf("%s.debug.%s.tmp", b->out, unique);
	catch_signals(&caught);
	worker = fork();
	if (worker < 0)
		die_errno("fork");
	if (!worker) {
		for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
			signal(signals[i], SIG_DFL);
		sigprocmask(SIG_UNBLOCK, &caught, NULL);
		exit(work(b));
	}
	sigprocmask(SIG_UNBLOCK, &caught, NULL);
	while (waitpid(worker, &status, 0) < 0 && errno == EINTR)
		;
	if (!remove_tree(b->work))
		warn("%s could not be removed", b->work);
	unlink(b->partial);
	remove_tree(b->partial_debug);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
