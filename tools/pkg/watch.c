// SPDX-License-Identifier: GPL-2.0
/* Calling programs that take their time. */
#include "file.h"
#include "pkg.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TAIL	   3000
#define REFRESH_MS 500

/* The last bytes of a file, from the beginning of a line on. */
static char *tail(const char *path)
{
	char *text = xcalloc(1, TAIL + 1), *newline;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	off_t size = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);

	if (fd < 0)
		return text;
	if (pread(fd, text, TAIL, size > TAIL ? size - TAIL : 0) < 0)
		*text = 0;
	close(fd);
	newline = size > TAIL ? strchr(text, '\n') : NULL;
	if (newline)
		memmove(text, newline + 1, strlen(newline));
	return text;
}

static void show(const char *what, const char *log, time_t start)
{
	char *text = tail(log), *end = text + strlen(text), *line;

	while (end > text && end[-1] == '\n')
		*--end = 0;
	line = strrchr(text, '\n');
	progress("%s, %ld s: %.50s", what, (long)(time(NULL) - start), line ? line + 1 : text);
	free(text);
}

static _Noreturn void child(char *const argv[], const char *log)
{
	int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	/* Whoever stops us means the work as well. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (fd < 0 || dup2(null, 0) < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
		_exit(126);
	execvp(argv[0], argv);
	_exit(errno == ENOENT ? 127 : 126);
}

int run_watched(char *const argv[], const char *log, const char *what)
{
	struct pollfd ended = { .events = POLLIN };
	time_t start = time(NULL);
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0)
		die_errno("fork");
	if (!pid)
		child(argv, log);
	ended.fd = syscall(SYS_pidfd_open, pid, 0);
	if (ended.fd < 0)
		die_errno("pidfd_open");
	while (poll(&ended, 1, REFRESH_MS) != 1)
		show(what, log, start);
	close(ended.fd);
	progress_done();
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			die_errno("waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void die_of_log(const char *what, const char *log)
{
	fputs(tail(log), stderr);
	die("%s failed; all of its output is in %s", what, log);
}
