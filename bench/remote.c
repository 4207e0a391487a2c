// SPDX-License-Identifier: GPL-2.0
/*
 * How long a system call in a guest takes: "remote rump ADDRESS KEYFILE" makes getpid remotely;
 * "remote ask COMMAND..." writes lines to a command, which has to answer each with its getpid.
 * Prints the mean in nanoseconds.
 */
#include "rumpclient.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { WARM = 100, ROUNDS = 2000 };

static FILE *to, *from;
static struct rumpclient *client;

static void by_call(void)
{
	if (rumpclient_syscall(client, SYS_getpid) < 0)
		exit(1);
}

static void by_line(void)
{
	char line[64];

	fputs("\n", to);
	fflush(to);
	if (!fgets(line, sizeof(line), from))
		exit(1);
}

static void connect_to(const char *address, const char *path)
{
	unsigned char key[256];
	FILE *f = fopen(path, "r");
	size_t size = f ? fread(key, 1, sizeof(key), f) : 0;

	client = rumpclient_open(address, key, size);
	if (client)
		return;
	fprintf(stderr, "remote: %s\n", rumpclient_error());
	exit(1);
}

static void start(char **argv)
{
	int there[2], back[2];

	if (pipe(there) || pipe(back))
		exit(1);
	if (!fork()) {
		dup2(there[0], 0);
		dup2(back[1], 1);
		close(there[1]);
		execvp(*argv, argv);
		perror(*argv);
		_exit(127);
	}
	close(back[1]);
	to = fdopen(there[1], "w");
	from = fdopen(back[0], "r");
}

static void measure(void (*once)(void))
{
	struct timespec begin, end;

	for (int i = 0; i < WARM; i++)
		once();
	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (int i = 0; i < ROUNDS; i++)
		once();
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("%.0f\n",
	       ((end.tv_sec - begin.tv_sec) * 1e9 + (end.tv_nsec - begin.tv_nsec)) / ROUNDS);
}

int main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "rump")) {
		connect_to(argv[2], argv[3]);
		measure(by_call);
	} else if (argc > 2 && !strcmp(argv[1], "ask")) {
		start(argv + 2);
		measure(by_line);
	} else {
		return 64;
	}
	return 0;
}
