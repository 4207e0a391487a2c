// SPDX-License-Identifier: GPL-2.0
#include "session.h"
#include "connect.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* With many clients at once it may take its time until a slow machine comes to this one. */
enum { PATIENCE_MS = 120000 };

int key_read(const char *path, struct key *key, char why[WHY_SIZE])
{
	unsigned char data[KEY_MOST + 1];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, data, sizeof(data));

	if (n < 0) {
		snprintf(why, WHY_SIZE, "%s: %s", path, strerror(errno));
	} else if (n < KEY_LEAST || n > KEY_MOST) {
		snprintf(why, WHY_SIZE,
			 "%s: a key has 16 to 256 bytes; make one with: head -c 32 /dev/urandom",
			 path);
		n = -1;
	} else {
		key->size = n;
		memcpy(key->data, data, n);
	}
	if (fd >= 0)
		close(fd);
	return n < 0 ? -1 : 0;
}

static int await_frame(struct link *l, struct frame *f)
{
	int n;

	while ((n = link_next(l, f)) == 0) {
		if (wait_ready(l->fd, POLLIN, PATIENCE_MS) || link_fill(l))
			return -1;
	}
	return n < 0 ? -1 : 0;
}

static int say_hello(struct link *l, char why[WHY_SIZE])
{
	struct buffer out = { 0 };
	size_t begin = frame_begin(&out, FRAME_HELLO);
	struct frame f;
	int bad;

	put_u32(&out, WIRE_VERSION);
	frame_finish(&out, begin);
	bad = out.failed || link_write(l, out.data, out.size) || await_frame(l, &f);
	buffer_free(&out);
	if (bad) {
		snprintf(why, WHY_SIZE, "%s",
			 l->tls ? "the other end hung up"
				: "the other end hung up: it asks for a key, or is no such server");
		return -1;
	}
	if (f.type == FRAME_WELCOME)
		return 0;
	snprintf(why, WHY_SIZE, "refused: %.*s",
		 f.type == FRAME_REFUSED && f.size < MESSAGE_SIZE ? (int)f.size : 0,
		 (const char *)f.data);
	return -1;
}

enum session_failure session_open(struct link *l, const char *address, const struct key *key,
				  char why[WHY_SIZE])
{
	struct address a;
	const char *reason = address_parse(address, false, &a);
	int fd, failed;

	if (reason) {
		snprintf(why, WHY_SIZE, "%s: it %s", address, reason);
		return SESSION_BAD_ADDRESS;
	}
	if (a.transport == TRANSPORT_TCP && !key) {
		snprintf(why, WHY_SIZE, "%s: tcp needs the key that the unikernel was started with",
			 address);
		return SESSION_BAD_KEY;
	}
	fd = address_connect(&a, &reason);
	failed = fd < 0 ? -1 : link_open(l, fd, key, false, PATIENCE_MS, &reason);
	if (failed) {
		snprintf(why, WHY_SIZE, "%s: %s", address, reason);
		if (fd >= 0)
			close(fd);
		return failed == -2 ? SESSION_BAD_KEY : SESSION_UNREACHABLE;
	}
	if (say_hello(l, why)) {
		session_shut(l);
		return SESSION_UNREACHABLE;
	}
	return SESSION_OPENED;
}

void session_shut(struct link *l)
{
	int fd = l->fd;

	link_close(l);
	close(fd);
}
