// SPDX-License-Identifier: GPL-2.0
#include "child.h"
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void become(char *const argv[], int input, int output)
{
	if ((input >= 0 && dup2(input, STDIN_FILENO) < 0) ||
	    (output >= 0 && (dup2(output, STDOUT_FILENO) < 0 || dup2(output, STDERR_FILENO) < 0)))
		_exit(126);
	execvp(argv[0], argv);
	_exit(errno == ENOENT ? 127 : 126);
}

pid_t child_start(char *const argv[], int input, int output)
{
	pid_t parent = getpid(), pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0)
		die_errno("fork");
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		if (getppid() != parent)
			_exit(128 + SIGTERM);
		if (argv)
			become(argv, input, output);
	}
	return pid;
}

int child_wait(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			die_errno("waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int run_status(char *const argv[], const char *output)
{
	int fd = -1, status;

	if (output) {
		fd = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
		if (fd < 0)
			die_errno("%s", output);
	}
	status = child_wait(child_start(argv, -1, fd));
	if (fd >= 0)
		close(fd);
	return status;
}

void run(char *const argv[], const char *remedy)
{
	int status = run_status(argv, NULL);

	if (status == 127 && remedy)
		die("%s is not installed: %s", argv[0], remedy);
	if (status == 127)
		die("%s is not installed", argv[0]);
	if (status)
		die("%s failed (status %d)", argv[0], status);
}
