// SPDX-License-Identifier: GPL-2.0
/*
 * The work is done by a child, so that the temporary folder goes away even when the work fails
 * badly or the user interrupts it.
 */
#include "bake.h"
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FOLDER "rumprun-bake."

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

/*
 * A work folder is locked as long as anybody works in it, the child included. Process numbers would
 * not tell, as another container may have the same /tmp.
 */
static int lock_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* Left by one that was killed outright: ours, and too old to be on its way to its lock. */
static bool may_be_abandoned(const char *path)
{
	struct stat st;

	return !lstat(path, &st) && S_ISDIR(st.st_mode) && st.st_uid == geteuid() &&
	       time(NULL) - st.st_mtime > 3600;
}

static void remove_abandoned(const char *tmp)
{
	char *pattern = xasprintf("%s/" FOLDER "??????", tmp);
	glob_t found;

	if (!glob(pattern, 0, NULL, &found)) {
		for (size_t i = 0; i < found.gl_pathc; i++) {
			const char *path = found.gl_pathv[i];
			int fd = may_be_abandoned(path) ? lock_folder(path) : -1;

			if (fd < 0)
				continue;
			remove_tree(path);
			close(fd);
		}
	}
	globfree(&found);
	free(pattern);
}

static char *make_work_folder(void)
{
	const char *given = getenv("TMPDIR"), *tmp = given && *given ? given : "/tmp";
	char *path = xasprintf("%s/" FOLDER "XXXXXX", tmp);

	remove_abandoned(tmp);
	if (!mkdtemp(path))
		die_errno("%s", path);
	/* Kept until the end. Where there are no locks, no folder is taken for abandoned. */
	lock_folder(path);
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
