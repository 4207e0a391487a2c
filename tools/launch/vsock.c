// SPDX-License-Identifier: GPL-2.0
/* Streams between clients of the host and one port of a guest: virtio 1.2, 5.10.6. */
#include "vsock.h"

#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "launch.h"

enum { END_OF_BOTH = VIRTIO_VSOCK_SHUTDOWN_RCV | VIRTIO_VSOCK_SHUTDOWN_SEND };

/* Counts of bytes wrap around, at both ends alike. */
struct vsock_stream {
	struct vsock_stream *next;
	int fd;
	uint32_t port;
	bool open;  /* the guest has accepted it */
	bool eof;   /* the client will say no more */
	bool quiet; /* nor will the guest */
	bool ended; /* the guest is through with it: what is left goes to the client */
	/* Towards the guest: sent; the room that it gives, and what it has taken. */
	uint32_t sent, room, accepted;
	/* Towards the client: written; the guest has been told of so many. */
	uint32_t written, told;
	size_t begin, size;
	uint8_t data[VSOCK_WINDOW];
};

void vsock_init(struct vsock *v, uint32_t port, size_t data_most)
{
	*v = (struct vsock){ .port = port, .data_most = data_most };
	v->end = &v->first;
}

static struct vsock_packet *packet_new(size_t data)
{
	struct vsock_packet *p = xrealloc(NULL, sizeof(*p) + data);

	memset(p, 0, sizeof(*p));
	return p;
}

static void put(struct vsock *v, struct vsock_packet *p, uint32_t port, int op, size_t size)
{
	p->size = sizeof(p->header) + size;
	p->header.src_cid = htole64(VSOCK_HOST);
	p->header.dst_cid = htole64(VSOCK_GUEST);
	p->header.src_port = htole32(port);
	p->header.dst_port = htole32(v->port);
	p->header.len = htole32(size);
	p->header.type = htole16(VIRTIO_VSOCK_TYPE_STREAM);
	p->header.op = htole16(op);
	*v->end = p;
	v->end = &p->next;
	v->waiting++;
}

static void put_stream(struct vsock *v, struct vsock_stream *s, struct vsock_packet *p, int op,
		       size_t size)
{
	p->header.buf_alloc = htole32(VSOCK_WINDOW);
	p->header.fwd_cnt = htole32(s->written);
	s->told = s->written;
	put(v, p, s->port, op, size);
}

static void tell(struct vsock *v, struct vsock_stream *s, int op)
{
	put_stream(v, s, packet_new(0), op, 0);
}

void vsock_taken(struct vsock *v)
{
	struct vsock_packet *p = v->first;

	v->first = p->next;
	v->waiting--;
	if (!v->first)
		v->end = &v->first;
	free(p);
}

void vsock_add(struct vsock *v, int fd)
{
	struct vsock_stream *s = xrealloc(NULL, sizeof(*s));

	memset(s, 0, offsetof(struct vsock_stream, data));
	s->fd = fd;
	s->port = ++v->last;
	s->next = v->streams;
	v->streams = s;
	v->count++;
	tell(v, s, VIRTIO_VSOCK_OP_REQUEST);
}

static void drop(struct vsock *v, struct vsock_stream *s)
{
	struct vsock_stream **link = &v->streams;

	while (*link != s)
		link = &(*link)->next;
	*link = s->next;
	v->count--;
	close(s->fd);
	free(s);
}

/* The client is gone, or the guest does what it must not. */
static void reset(struct vsock *v, struct vsock_stream *s)
{
	if (!s->ended)
		tell(v, s, VIRTIO_VSOCK_OP_RST);
	drop(v, s);
}

/* Hand on what the client takes. False if it is gone, and the stream with it. */
static bool flush(struct vsock *v, struct vsock_stream *s)
{
	while (s->size) {
		ssize_t n = send(s->fd, s->data + s->begin, s->size, MSG_NOSIGNAL);

		if (n < 0 && errno == EAGAIN)
			break;
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			reset(v, s);
			return false;
		}
		s->begin += n;
		s->size -= n;
		s->written += n;
	}
	if (!s->size) {
		s->begin = 0;
		if (s->ended) {
			drop(v, s);
			return false;
		}
		if (s->quiet)
			shutdown(s->fd, SHUT_WR);
	}
	if (s->written - s->told >= VSOCK_WINDOW / 4)
		tell(v, s, VIRTIO_VSOCK_OP_CREDIT_UPDATE);
	return true;
}

static void take_data(struct vsock *v, struct vsock_stream *s, const uint8_t *data, size_t size)
{
	if (size > VSOCK_WINDOW - s->size) {
		reset(v, s);
		return;
	}
	if (s->begin + s->size + size > VSOCK_WINDOW) {
		memmove(s->data, s->data + s->begin, s->size);
		s->begin = 0;
	}
	memcpy(s->data + s->begin + s->size, data, size);
	s->size += size;
	flush(v, s);
}

static void take_shutdown(struct vsock *v, struct vsock_stream *s, uint32_t flags)
{
	if ((flags & END_OF_BOTH) == END_OF_BOTH) {
		tell(v, s, VIRTIO_VSOCK_OP_RST);
		s->ended = true;
	}
	s->quiet |= flags & VIRTIO_VSOCK_SHUTDOWN_SEND;
	flush(v, s);
}

static void take(struct vsock *v, struct vsock_stream *s, const struct virtio_vsock_hdr *h,
		 const uint8_t *data, size_t size)
{
	s->room = le32toh(h->buf_alloc);
	s->accepted = le32toh(h->fwd_cnt);
	switch (le16toh(h->op)) {
	case VIRTIO_VSOCK_OP_RESPONSE:
		s->open = true;
		break;
	case VIRTIO_VSOCK_OP_RST:
		s->ended = true;
		flush(v, s);
		break;
	case VIRTIO_VSOCK_OP_SHUTDOWN:
		take_shutdown(v, s, le32toh(h->flags));
		break;
	case VIRTIO_VSOCK_OP_RW:
		take_data(v, s, data, size);
		break;
	case VIRTIO_VSOCK_OP_CREDIT_REQUEST:
		tell(v, s, VIRTIO_VSOCK_OP_CREDIT_UPDATE);
		break;
	}
}

/* Nobody listens here for the guest, and a stream that is gone stays so. */
static void refuse(struct vsock *v, const struct virtio_vsock_hdr *h)
{
	struct vsock_packet *p;

	if (le16toh(h->op) == VIRTIO_VSOCK_OP_RST)
		return;
	p = packet_new(0);
	put(v, p, le32toh(h->dst_port), VIRTIO_VSOCK_OP_RST, 0);
	p->header.dst_port = h->src_port;
	p->header.type = h->type;
}

void vsock_receive(struct vsock *v, const void *packet, size_t size)
{
	struct vsock_stream *s = v->streams;
	struct virtio_vsock_hdr h;

	if (size < sizeof(h))
		return;
	memcpy(&h, packet, sizeof(h));
	if (le32toh(h.len) != size - sizeof(h))
		return;
	while (s && (s->ended || s->port != le32toh(h.dst_port)))
		s = s->next;
	if (s && le32toh(h.src_port) == v->port && le16toh(h.type) == VIRTIO_VSOCK_TYPE_STREAM)
		take(v, s, &h, (const uint8_t *)packet + sizeof(h), size - sizeof(h));
	else
		refuse(v, &h);
}

static uint32_t room_of(const struct vsock_stream *s)
{
	uint32_t waiting = s->sent - s->accepted;

	return waiting < s->room ? s->room - waiting : 0;
}

/* A client is heard while the guest has room for what it says, and takes packets at all. */
void vsock_poll(const struct vsock *v, struct pollfd *pfd)
{
	for (const struct vsock_stream *s = v->streams; s; s = s->next, pfd++) {
		short in = s->open && !s->eof && !s->ended && room_of(s) && !v->first ? POLLIN : 0;
		short out = s->size ? POLLOUT : 0;

		*pfd = (struct pollfd){ .fd = in || out ? s->fd : -1, .events = in | out };
	}
}

static void hear(struct vsock *v, struct vsock_stream *s)
{
	size_t room = room_of(s) < v->data_most ? room_of(s) : v->data_most;
	struct vsock_packet *p = packet_new(room);
	ssize_t n = read(s->fd, p->data, room);

	if (n > 0) {
		s->sent += n;
		put_stream(v, s, p, VIRTIO_VSOCK_OP_RW, n);
	} else if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
		free(p);
	} else {
		s->eof = true;
		p->header.flags = htole32(VIRTIO_VSOCK_SHUTDOWN_SEND);
		put_stream(v, s, p, VIRTIO_VSOCK_OP_SHUTDOWN, 0);
	}
}

void vsock_serve(struct vsock *v, const struct pollfd *pfd, unsigned int count)
{
	struct vsock_stream *s = v->streams, *next;

	for (unsigned int i = 0; i < count; i++, s = next) {
		next = s->next;
		if (pfd[i].fd < 0 || !pfd[i].revents)
			continue;
		if (s->size && !flush(v, s))
			continue;
		if (pfd[i].events & POLLIN && pfd[i].revents & ~POLLOUT)
			hear(v, s);
	}
}
