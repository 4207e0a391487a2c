// SPDX-License-Identifier: GPL-2.0
#include "connect.h"
#include "link.h"
#include "preamble.h"

#include <errno.h>
#include <linux/vm_sockets.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
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

/* What the last client left in the stream is read and thrown away until our own nonce comes back.
 */
static int greet_console(int fd, const char **why)
{
	uint8_t sent[PREAMBLE_SIZE];
	struct preamble p = { .any = false };

	memcpy(sent, PREAMBLE_MAGIC, PREAMBLE_MAGIC_SIZE);
	*why = "no random numbers";
	if (getentropy(sent + PREAMBLE_MAGIC_SIZE, PREAMBLE_NONCE_SIZE))
		return -1;
	memcpy(p.nonce, sent + PREAMBLE_MAGIC_SIZE, PREAMBLE_NONCE_SIZE);
	*why = "the other end is gone";
	if (write_some(fd, sent, sizeof(sent)) != sizeof(sent))
		return -1;
	for (;;) {
		uint8_t byte;

		if (wait_ready(fd, POLLIN, PREAMBLE_PATIENCE_MS)) {
			*why = "nobody answers: another client may hold the console, or no server";
			return -1;
		}
		if (read(fd, &byte, 1) != 1)
			return -1;
		if (preamble_take(&p, byte))
			return 0;
	}
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
