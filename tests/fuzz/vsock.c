// SPDX-License-Identifier: GPL-2.0
/*
 * What a guest can do to the relay of its vsock: the input is the guest's memory, with the rings at
 * its beginning. One client is there, and has said something.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vhost.h"
#include "vsock.h"

enum { ARENA = 1 << 14, RING_SIZE = 8, RING_ROOM = 0x100, PORT = 9000, ROUNDS = 16 };

static uint8_t arena[ARENA] __attribute__((aligned(16)));

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void make_device(struct vhost *v, const uint8_t *data, size_t size)
{
	memset(arena, 0, sizeof(arena));
	memcpy(arena, data, size < ARENA ? size : ARENA);
	vhost_init(v, -1, VSOCK_GUEST);
	v->regions = 1;
	v->region[0] = (struct vhost_region){ .size = ARENA, .here = arena };
	for (int i = 0; i < VHOST_RINGS; i++) {
		/* What the guest sends comes first, where short inputs reach it. */
		uint8_t *at = arena + (VHOST_FROM_GUEST - i) * 3 * RING_ROOM;

		v->ring[i].size = RING_SIZE;
		v->ring[i].kick = 0;
		v->ring[i].desc = (struct vring_desc *)at;
		v->ring[i].avail = (struct vring_avail *)(at + RING_ROOM);
		v->ring[i].done = (struct vring_used *)(at + 2 * RING_ROOM);
		v->ring[i].avail->idx = ROUNDS;
		/* Most lie in memory, to their beginning at least. */
		for (int k = 0; k < RING_SIZE - 1; k++)
			v->ring[i].desc[k].addr %= ARENA;
	}
}

/* Half of the packets are for the client, whatever else is in them. */
static void aim(struct virtio_vsock_hdr *h, size_t size)
{
	if (size < sizeof(*h) || h->src_cid & 1)
		return;
	h->src_port = PORT;
	h->dst_port = 1;
	h->type = VIRTIO_VSOCK_TYPE_STREAM;
	h->op %= 8;
	h->len = size - sizeof(*h);
}

static void serve(struct vsock *s)
{
	struct pollfd pfd[2];
	unsigned int count = s->count;

	vsock_poll(s, pfd);
	if (poll(pfd, count, 0) > 0)
		vsock_serve(s, pfd, count);
}

static void drop_all(struct vsock *s, int client)
{
	struct virtio_vsock_hdr reset = {
		.src_port = PORT,
		.dst_port = 1,
		.type = VIRTIO_VSOCK_TYPE_STREAM,
		.op = VIRTIO_VSOCK_OP_RST,
	};

	close(client);
	vsock_receive(s, &reset, sizeof(reset));
	serve(s);
	while (s->first)
		vsock_taken(s);
	if (s->count)
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static union {
		struct virtio_vsock_hdr header;
		uint8_t bytes[sizeof(struct virtio_vsock_hdr) + VSOCK_PACKET_MOST];
	} packet;
	struct vhost v;
	struct vsock s;
	size_t n;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair) ||
	    write(pair[1], "abc", 3) < 0)
		abort();
	make_device(&v, data, size);
	vsock_init(&s, PORT, 1024);
	vsock_add(&s, pair[0]);
	for (int i = 0; i < ROUNDS && (n = vhost_receive(&v, packet.bytes, sizeof(packet))); i++) {
		aim(&packet.header, n);
		vsock_receive(&s, packet.bytes, n);
		serve(&s);
		while (s.first && vhost_send(&v, &s.first->header, s.first->size))
			vsock_taken(&s);
		vhost_tell(&v);
	}
	drop_all(&s, pair[1]);
	return 0;
}
