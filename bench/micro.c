// SPDX-License-Identifier: GPL-2.0
/*
 * Small costs, each printed as "NAME NANOSECONDS" an operation. Under "-icount shift=0" QEMU's
 * clock advances one nanosecond an instruction, so that the numbers are instructions.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void need(int good, const char *what)
{
	if (good)
		return;
	perror(what);
	exit(1);
}

static void do_getppid(void)
{
	syscall(SYS_getppid);
}

static void do_clock_gettime(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
}

static int zero, null;

static void do_read_byte(void)
{
	char byte;

	need(read(zero, &byte, 1) == 1, "read");
}

static void do_write_4k(void)
{
	static char page[4096];

	need(write(null, page, sizeof(page)) == sizeof(page), "write");
}

static void do_open_close(void)
{
	int fd = open("/tmp/bench", O_RDWR | O_CREAT, 0600);

	need(fd >= 0, "/tmp/bench");
	close(fd);
}

static void do_page_touch(void)
{
	char *p = mmap(NULL, 16 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	need(p != MAP_FAILED, "mmap");
	for (int i = 0; i < 16; i++)
		p[i * 4096] = 1;
	munmap(p, 16 * 4096);
}

static void *nothing(void *arg)
{
	return arg;
}

static void do_thread(void)
{
	pthread_t thread;

	need(!pthread_create(&thread, NULL, nothing, NULL), "pthread_create");
	pthread_join(thread, NULL);
}

static void do_fork(void)
{
	pid_t child = fork();

	need(child >= 0, "fork");
	if (child == 0)
		_exit(0);
	waitpid(child, NULL, 0);
}

static int there[2], back[2];

/* The other end of a conversation: gives back what it reads. */
static void *echo(void *arg)
{
	int *fds = arg;
	char byte;

	while (read(fds[0], &byte, 1) == 1)
		if (write(fds[1], &byte, 1) != 1)
			break;
	return NULL;
}

static void ask(int out, int in)
{
	char byte = 1;

	need(write(out, &byte, 1) == 1 && read(in, &byte, 1) == 1, "echo");
}

static void do_pipe(void)
{
	ask(there[1], back[0]);
}

static int local, tcp;

static void do_unix(void)
{
	ask(local, local);
}

static void do_tcp(void)
{
	ask(tcp, tcp);
}

static void start_echo(int fds[2])
{
	pthread_t thread;

	need(!pthread_create(&thread, NULL, echo, fds), "pthread_create");
}

static void start_pipe_echo(void)
{
	static int fds[2];

	need(!pipe(there) && !pipe(back), "pipe");
	fds[0] = there[0];
	fds[1] = back[1];
	start_echo(fds);
}

/* Returns 0 where the kernel has no such sockets: the case is then left out. */
static int start_unix_echo(void)
{
	static int fds[2];
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		return 0;
	local = pair[0];
	fds[0] = fds[1] = pair[1];
	start_echo(fds);
	return 1;
}

/* Returns 0 where the kernel has no network: the case is then left out. */
static int start_tcp_echo(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(address);
	static int fds[2];
	int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);

	if (listener < 0)
		return 0;
	need(!bind(listener, (struct sockaddr *)&address, sizeof(address)) &&
		     !listen(listener, 1) &&
		     !getsockname(listener, (struct sockaddr *)&address, &length),
	     "listen");
	tcp = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(tcp, (struct sockaddr *)&address, sizeof(address)))
		return 0;
	setsockopt(tcp, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	fds[0] = fds[1] = accept(listener, NULL, NULL);
	need(fds[0] >= 0, "accept");
	setsockopt(fds[1], IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	start_echo(fds);
	return 1;
}

static void measure(const char *name, void (*operation)(void), int times)
{
	long long start;

	for (int i = 0; i < times / 10 + 1; i++)
		operation();
	start = now();
	for (int i = 0; i < times; i++)
		operation();
	printf("%s %lld\n", name, (now() - start) / times);
	fflush(stdout);
}

int main(void)
{
	zero = open("/dev/zero", O_RDONLY);
	null = open("/dev/null", O_WRONLY);
	need(zero >= 0 && null >= 0, "/dev/zero, /dev/null");
	measure("getppid", do_getppid, 10000);
	measure("clock_gettime", do_clock_gettime, 10000);
	measure("read_1_byte", do_read_byte, 10000);
	measure("write_4_KiB", do_write_4k, 10000);
	measure("open_close", do_open_close, 2000);
	measure("touch_16_pages", do_page_touch, 1000);
	measure("thread", do_thread, 300);
	measure("fork_wait", do_fork, 100);
	start_pipe_echo();
	measure("pipe_ping_pong", do_pipe, 2000);
	if (start_unix_echo())
		measure("unix_ping_pong", do_unix, 2000);
	if (start_tcp_echo())
		measure("tcp_ping_pong", do_tcp, 1000);
	return 0;
}
