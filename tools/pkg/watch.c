// SPDX-License-Identifier: GPL-2.0
/* Calling programs that take their time. */
#include "child.h"
#include "pkg.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
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

int run_watched(char *const argv[], const char *log, const char *what)
{
	int output = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int input = open("/dev/null", O_RDONLY | O_CLOEXEC);
	struct pollfd ended = { .events = POLLIN };
	time_t start = time(NULL);
	pid_t pid;

	if (output < 0)
		die_errno("%s", log);
	pid = child_start(argv, input, output);
	close(input);
	close(output);
	ended.fd = syscall(SYS_pidfd_open, pid, 0);
	if (ended.fd < 0)
		die_errno("pidfd_open");
	do
		show(what, log, start);
	while (poll(&ended, 1, REFRESH_MS) != 1);
	close(ended.fd);
	progress_done();
	return child_wait(pid);
}

void die_of_log(const char *what, const char *log)
{
	fputs(tail(log), stderr);
	die("%s failed; all of its output is in %s", what, log);
}
