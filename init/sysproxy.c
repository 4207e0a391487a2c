// SPDX-License-Identifier: GPL-2.0
/* The server of remote system calls (doc/sysproxy.md): started before the programs. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "init.h"

#define SERVER "/usr/lib/rumprun/sysproxyd"

enum { KEY_MOST = 256, KEY_FD = 3 };

static int digit(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* A pipe holds all of it. */
static int key_pipe(void)
{
	const char *hex = conf.sysproxy_key;
	unsigned char key[KEY_MOST];
	size_t n = 0;
	int ends[2];

	if (!hex)
		return -1;
	for (; n < sizeof(key) && hex[2 * n] && hex[2 * n + 1]; n++)
		key[n] = digit(hex[2 * n]) << 4 | digit(hex[2 * n + 1]);
	if (pipe2(ends, O_CLOEXEC) || write(ends[1], key, n) != (ssize_t)n)
		fatal("cannot make a pipe: ", error_name(errno), NULL);
	close(ends[1]);
	return ends[0];
}

static const char **arguments(int key)
{
	static const char *args[MAX_SYSPROXY + 8] = { SERVER, "--ready-fd=2" };
	int n = 2;

	if (key >= 0)
		args[n++] = "--key-fd=3";
	if (conf.sysproxy_read_only)
		args[n++] = "--read-only";
	if (conf.sysproxy_allow) {
		args[n++] = "--allow";
		args[n++] = conf.sysproxy_allow;
	}
	for (int i = 0; i < conf.nsysproxy; i++)
		args[n++] = conf.sysproxy[i];
	return args;
}

/* On the parent's memory, as all that init starts. */
static pid_t start(int key, int report)
{
	const char **args = arguments(key);
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	pid_t pid = vfork();

	if (!pid) {
		dup2(null, 0);
		dup2(null, 1);
		dup2(report, 2);
		if (key >= 0 && key != KEY_FD)
			dup2(key, KEY_FD);
		else if (key == KEY_FD)
			fcntl(key, F_SETFD, 0);
		signals_default();
		execve(SERVER, (char **)args, (char **)conf.env);
		_exit(STATUS_NOT_FOUND);
	}
	close(null);
	return pid;
}

/* A NUL byte says that it listens; anything else is what went wrong. */
static void await_ready(int report)
{
	static char text[512];
	size_t size = 0;
	ssize_t n;

	while (size < sizeof(text) - 1) {
		n = read(report, text + size, sizeof(text) - 1 - size);
		if (n > 0 && !text[size + n - 1])
			return;
		if (n <= 0)
			break;
		size += n;
	}
	if (size && text[size - 1] == '\n')
		text[size - 1] = '\0';
	fatal(size ? text : "the server of remote system calls ended at once", NULL);
}

void sysproxy_start(void)
{
	int report[2], key;

	if (!conf.nsysproxy)
		return;
	if (access(SERVER, X_OK))
		fatal("this image has no server of remote system calls: bake it with "
		      "-m 'add sysproxy'",
		      NULL);
	if (pipe2(report, O_CLOEXEC))
		fatal("cannot make a pipe: ", error_name(errno), NULL);
	key = key_pipe();
	if (start(key, report[1]) < 0)
		fatal("cannot start " SERVER ": ", error_name(errno), NULL);
	close(report[1]);
	if (key >= 0)
		close(key);
	await_ready(report[0]);
	close(report[0]);
}
