// SPDX-License-Identifier: GPL-2.0
#include "connect.h"
#include "link.h"
#include "preamble.h"

#include <errno.h>
#include <linux/vm_sockets.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int connect_to(int family, const void *to, socklen_t size)
{
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0), error;

	if (fd < 0)
		return -1;
	if (!connect(fd, to, size))
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

static int connect_tcp(const struct address *a, const char **why)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG }, *list;
	char port[8];
	int fd = -1, one = 1, error;

	snprintf(port, sizeof(port), "%u", a->port);
	error = getaddrinfo(a->host, port, &hints, &list);
	if (error) {
		*why = error == EAI_SYSTEM ? strerror(errno) : gai_strerror(error);
		return -1;
	}
	for (struct addrinfo *i = list; i && fd < 0; i = i->ai_next)
		fd = connect_to(i->ai_family, i->ai_addr, i->ai_addrlen);
	freeaddrinfo(list);
	if (fd >= 0)
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	return fd;
}

static int connect_unix(const struct address *a)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };

	strcpy(to.sun_path, a->path);
	return connect_to(AF_UNIX, &to, sizeof(to));
}

static int connect_vsock(const struct address *a)
{
	struct sockaddr_vm to = {
		.svm_family = AF_VSOCK,
		.svm_cid = a->cid,
		.svm_port = a->port,
	};

	return connect_to(AF_VSOCK, &to, sizeof(to));
}

static int send_preamble(int fd, const char *magic, const uint8_t *nonce)
{
	uint8_t text[PREAMBLE_SIZE];

	preamble_make(text, magic, nonce);
	return write_some(fd, text, sizeof(text)) == sizeof(text) ? 0 : -1;
}

/* 1: answered; 0: not in time; -1: the other end is gone. */
static int await_answer(int fd, struct preamble *p, const uint8_t *nonce)
{
	uint8_t byte;

	while (!wait_ready(fd, POLLIN, PREAMBLE_AGAIN_MS)) {
		if (read(fd, &byte, 1) != 1)
			return -1;
		preamble_take(p, byte);
		if (preamble_is(p, PREAMBLE_ASK, nonce))
			return 1;
	}
	return 0;
}

static int greet_console(int fd, const char **why)
{
	uint8_t nonce[PREAMBLE_NONCE_SIZE];
	struct preamble p = { 0 };
	int n = 0;

	*why = "no random numbers";
	if (getentropy(nonce, sizeof(nonce)))
		return -1;
	for (int i = 0; !n && i < PREAMBLE_TIMES; i++) {
		n = send_preamble(fd, PREAMBLE_ASK, nonce);
		if (!n)
			n = await_answer(fd, &p, nonce);
	}
	*why = n ? "the other end is gone"
		 : "nobody answers: another client may hold the console, or there is no server";
	return n > 0 ? send_preamble(fd, PREAMBLE_BEGIN, nonce) : -1;
}

int address_connect(const struct address *a, const char **why)
{
	int fd = -1;

	*why = NULL;
	switch (a->transport) {
	case TRANSPORT_TCP:
		fd = connect_tcp(a, why);
		break;
	case TRANSPORT_UNIX:
	case TRANSPORT_CONSOLE:
		fd = connect_unix(a);
		break;
	case TRANSPORT_VSOCK:
		fd = connect_vsock(a);
		break;
	}
	if (fd < 0) {
		if (!*why)
			*why = strerror(errno);
		return -1;
	}
	if (a->transport == TRANSPORT_CONSOLE && greet_console(fd, why)) {
		close(fd);
		return -1;
	}
	return fd;
}
