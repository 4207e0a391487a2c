// SPDX-License-Identifier: GPL-2.0
#include "listen.h"
#include "link.h"
#include "preamble.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { BACKLOG = 128, DEVICE_PATIENCE = 500, DEVICE_RETRY_MS = 10 };

static int listen_socket(int family, const void *on, socklen_t size)
{
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1, error;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (!bind(fd, on, size) && !listen(fd, BACKLOG))
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

static int listen_inet(const struct address *a)
{
	struct sockaddr_in on = { .sin_family = AF_INET, .sin_port = htons(a->port) };

	if (*a->host && inet_pton(AF_INET, a->host, &on.sin_addr) != 1) {
		errno = EINVAL;
		return -1;
	}
	return listen_socket(AF_INET, &on, sizeof(on));
}

/* All addresses of both versions, where there are both. */
static int listen_tcp(const struct address *a)
{
	struct sockaddr_in6 on = { .sin6_family = AF_INET6, .sin6_port = htons(a->port) };
	int fd;

	if (*a->host && inet_pton(AF_INET6, a->host, &on.sin6_addr) != 1)
		return listen_inet(a);
	fd = listen_socket(AF_INET6, &on, sizeof(on));
	return fd < 0 && !*a->host ? listen_inet(a) : fd;
}

/* What an earlier server left behind is in the way. */
static int listen_unix(const struct address *a)
{
	struct sockaddr_un on = { .sun_family = AF_UNIX };
	struct stat st;
	mode_t usual;
	int fd;

	strcpy(on.sun_path, a->path);
	if (!lstat(a->path, &st) && S_ISSOCK(st.st_mode))
		unlink(a->path);
	usual = umask(0177);
	fd = listen_socket(AF_UNIX, &on, sizeof(on));
	umask(usual);
	return fd;
}

static int listen_vsock(const struct address *a)
{
	struct sockaddr_vm on = {
		.svm_family = AF_VSOCK,
		.svm_cid = a->cid,
		.svm_port = a->port,
	};

	return listen_socket(AF_VSOCK, &on, sizeof(on));
}

int listen_on(const struct address *a)
{
	switch (a->transport) {
	case TRANSPORT_TCP:
		return listen_tcp(a);
	case TRANSPORT_UNIX:
		return listen_unix(a);
	case TRANSPORT_VSOCK:
		return listen_vsock(a);
	case TRANSPORT_CONSOLE:
		break;
	}
	errno = EINVAL;
	return -1;
}

/* A port appears when its driver has heard of it. */
static int open_console(const char *path)
{
	const struct timespec retry = { .tv_nsec = DEVICE_RETRY_MS * 1000000 };
	struct termios tio;
	int fd;

	for (int i = 0; (fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)) < 0; i++) {
		if (i == DEVICE_PATIENCE)
			return -1;
		nanosleep(&retry, NULL);
	}
	if (!tcgetattr(fd, &tio)) {
		cfmakeraw(&tio);
		tcsetattr(fd, TCSANOW, &tio);
	}
	return fd;
}

/* While nobody holds the other end, a port hangs up all the time: only changes are of interest. */
static int await_change(int ep)
{
	struct epoll_event event;

	while (epoll_wait(ep, &event, 1, -1) < 0) {
		if (errno != EINTR)
			return -1;
	}
	return 0;
}

/* What was written to a port may be read before its driver knows that somebody is there. */
static int answer_preamble(int fd, int ep, const struct preamble *p)
{
	long n;

	while ((n = write_some(fd, p->seen, PREAMBLE_SIZE)) < 0 && errno == EAGAIN) {
		if (await_change(ep))
			return -1;
	}
	return n == PREAMBLE_SIZE ? 0 : -1;
}

/* Whoever asked last is the one that may begin. */
static int await_client(int fd, int ep)
{
	uint8_t nonce[PREAMBLE_NONCE_SIZE] = { 0 }, byte;
	struct preamble p = { 0 };

	for (;;) {
		ssize_t n = read(fd, &byte, 1);

		if (n == 1) {
			preamble_take(&p, byte);
			if (preamble_is(&p, PREAMBLE_BEGIN, nonce))
				return 0;
			if (!preamble_is(&p, PREAMBLE_ASK, NULL))
				continue;
			memcpy(nonce, preamble_nonce(&p), sizeof(nonce));
			if (answer_preamble(fd, ep, &p))
				return -1;
		} else if ((n < 0 && errno != EAGAIN && errno != EINTR) || await_change(ep)) {
			return -1;
		}
	}
}

int console_client(const char *path)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLET };
	int fd = open_console(path), ep = epoll_create1(EPOLL_CLOEXEC);

	if (fd < 0 || ep < 0 || epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event) || await_client(fd, ep)) {
		close(fd);
		fd = -1;
	}
	close(ep);
	return fd;
}
