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
#include <sys/wait.h>
#include <unistd.h>

static pid_t worker;

static void pass_on(int signal)
{
	if (worker > 0)
		kill(worker, signal);
}

static void catch_signals(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = pass_on };

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaction(signals[i], &action, NULL);
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
	char *partial = xasprintf("%s.tmp", b->out), *debug = xasprintf("%s.debug.tmp", b->out);
	int status;

	b->work = make_work_folder();
	catch_signals();
	worker = fork();
	if (worker < 0)
		die_errno("fork");
	if (!worker) {
		signal(SIGINT, SIG_DFL);
		signal(SIGTERM, SIG_DFL);
		signal(SIGHUP, SIG_DFL);
		exit(work(b));
	}
	while (waitpid(worker, &status, 0) < 0 && errno == EINTR)
		;
	if (!remove_tree(b->work))
		warn("%s could not be removed", b->work);
	unlink(partial);
	remove_tree(debug);
	free(debug);
	free(partial);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
