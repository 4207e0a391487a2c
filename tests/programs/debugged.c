// SPDX-License-Identifier: GPL-2.0
/*
 * For a debugger to stop in: a request over TCP, then a read of a disk by a second thread, each by
 * a function of its own.
 *
 * usage: debugged ADDRESS PORT DEVICE
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static char block[4096] __attribute__((aligned(4096)));

__attribute__((noinline)) static int talk(int fd)
{
	char answer[16];
	ssize_t n = send(fd, "hello", 5, 0);

	return n == 5 && recv(fd, answer, sizeof(answer), 0) == 5;
}

static void *read_disk(void *device)
{
	int fd = open(device, O_RDONLY | O_DIRECT);
	ssize_t n = pread(fd, block, sizeof(block), 0);

	return n == sizeof(block) ? block : NULL;
}

int main(int argc, char **argv)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	pthread_t reader;
	void *read;

	if (argc != 4 || inet_pton(AF_INET, argv[1], &to.sin_addr) != 1)
		return 2;
	to.sin_port = htons(atoi(argv[2]));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) || !talk(fd)) {
		perror("talk");
		return 1;
	}
	if (pthread_create(&reader, NULL, read_disk, argv[3]) || pthread_join(reader, &read) ||
	    !read) {
		perror(argv[3]);
		return 1;
	}
	return 42;
}
