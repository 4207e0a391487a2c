// SPDX-License-Identifier: GPL-2.0
#include "link.h"
#include "tls.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 1 << 16, RECORD = 1 << 14 };

long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int wait_ready(int fd, short events, int timeout_ms)
{
	struct pollfd pfd = { .fd = fd, .events = events };
	long end = now_ms() + timeout_ms;
	int n;

	do {
		n = poll(&pfd, 1, timeout_ms);
		if (timeout_ms >= 0)
			timeout_ms = end > now_ms() ? end - now_ms() : 0;
	} while (n < 0 && errno == EINTR);
	return n > 0 ? 0 : -1;
}

long write_some(int fd, const void *data, size_t size)
{
	long n = send(fd, data, size, MSG_NOSIGNAL);

	return n < 0 && errno == ENOTSOCK ? write(fd, data, size) : n;
}

static int fill(struct link *l);

/*
 * A client takes in what the server sends while it waits to be heard: else both could wait, each
 * for the other to read. The server need not, as its clients do.
 */
static int wait_writable(struct link *l)
{
	struct pollfd pfd = { .fd = l->fd, .events = POLLOUT | (l->server ? 0 : POLLIN) };

	while (poll(&pfd, 1, -1) < 0) {
		if (errno != EINTR)
			return -1;
	}
	return pfd.revents & POLLIN ? fill(l) : 0;
}

static int write_all(struct link *l, const void *data, size_t size)
{
	while (size) {
		long n = write_some(l->fd, data, size);

		if (n < 0 && errno == EAGAIN) {
			if (wait_writable(l))
				return -1;
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		data = (const char *)data + n;
		size -= n;
	}
	return 0;
}

/* A server's record is sent from where it lies; a client may have to take something in meanwhile.
 */
static int take_record(void *link, const void *data, size_t size)
{
	struct link *l = link;

	if (l->server)
		return write_all(l, data, size);
	put_bytes(&l->out, data, size);
	return l->out.failed ? -1 : 0;
}

/* What is taken in may make another record: that goes into another buffer. */
static int flush_tls(struct link *l)
{
	int result = 0;

	while (!result && l->out.size) {
		struct buffer b = l->out;

		l->out = (struct buffer){ 0 };
		result = write_all(l, b.data, b.size);
		b.size = 0;
		if (l->out.data)
			buffer_free(&b);
		else
			l->out = b;
	}
	return result;
}

/* 1: something came; 0: nothing now; -1: the end. */
static int read_some(int fd, void *data, size_t room, size_t *got)
{
	ssize_t n = read(fd, data, room);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	*got = n;
	return n ? 1 : -1;
}

static int decrypt(struct link *l)
{
	long n;

	do {
		uint8_t *p = buffer_add(&l->in, CHUNK);

		if (!p)
			return -1;
		n = tls_read(l->tls, p, CHUNK);
		l->in.size -= CHUNK - (n > 0 ? n : 0);
	} while (n > 0);
	return n;
}

static int shake_hands(struct link *l, long end, const char **why)
{
	unsigned char data[4096];
	size_t got;
	int n;

	*why = "the key is not the one that the other end has";
	while ((n = tls_handshake(l->tls)) == 0) {
		*why = "the other end is gone";
		if (flush_tls(l))
			return -1;
		if (wait_ready(l->fd, POLLIN, end > now_ms() ? end - now_ms() : 0)) {
			*why = "the other end does not answer in time";
			return -1;
		}
		n = read_some(l->fd, data, sizeof(data), &got);
		*why = "the other end hung up: it has another key, or none";
		if (n < 0 || (n > 0 && tls_receive(l->tls, data, got)))
			return -1;
		*why = "the key is not the one that the other end has";
	}
	/* The last message: the client's answer, or an alert. */
	if (flush_tls(l) || n < 0)
		return -2;
	/* The first frames may have come together with the last of the handshake. */
	*why = "the other end is gone";
	return decrypt(l) < 0 ? -1 : 0;
}

int link_open(struct link *l, int fd, const struct key *key, bool server, int timeout_ms,
	      const char **why)
{
	int result;

	*l = (struct link){ .fd = fd, .server = server };
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	if (!key)
		return 0;
	*why = "out of memory";
	l->tls = tls_new(key, server, take_record, l);
	result = l->tls ? shake_hands(l, now_ms() + timeout_ms, why) : -1;
	if (result)
		link_close(l);
	return result;
}

void link_close(struct link *l)
{
	tls_free(l->tls);
	l->tls = NULL;
	buffer_free(&l->in);
	buffer_free(&l->out);
}

/* What was taken goes away when it is more than what stays. */
static void compact(struct link *l)
{
	if (l->done < CHUNK || l->done < l->in.size / 2)
		return;
	l->in.size -= l->done;
	memmove(l->in.data, l->in.data + l->done, l->in.size);
	l->done = 0;
}

static int fill_encrypted(struct link *l)
{
	unsigned char data[CHUNK];
	size_t got;
	int n = read_some(l->fd, data, sizeof(data), &got);

	if (n > 0 && (tls_receive(l->tls, data, got) || decrypt(l)))
		return -1;
	return n;
}

static int fill_plain(struct link *l)
{
	uint8_t *p = buffer_add(&l->in, CHUNK);
	size_t got = 0;
	int n;

	if (!p)
		return -1;
	n = read_some(l->fd, p, CHUNK, &got);
	l->in.size -= CHUNK - got;
	return n;
}

static int fill(struct link *l)
{
	return (l->tls ? fill_encrypted(l) : fill_plain(l)) < 0 ? -1 : 0;
}

int link_fill(struct link *l)
{
	compact(l);
	return fill(l);
}

int link_next(struct link *l, struct frame *frame)
{
	size_t size = l->in.size - l->done;
	int n = frame_parse(l->in.data + l->done, size, frame);

	if (n > 0)
		l->done += FRAME_HEADER + frame->size;
	else if (!size)
		l->in.size = l->done = 0;
	return n;
}

int link_write(struct link *l, const void *data, size_t size)
{
	if (!l->tls)
		return write_all(l, data, size);
	/* A record is on its way, and perhaps read, while the next one is encrypted. */
	while (size) {
		size_t n = size < RECORD ? size : RECORD;

		if (tls_write(l->tls, data, n) || flush_tls(l))
			return -1;
		data = (const char *)data + n;
		size -= n;
	}
	return 0;
}
