/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The host's end of a guest's vsock: descriptors of clients on one side, packets (virtio 1.2,
 * 5.10.6) on the other. Who owns the streams carries the packets.
 */
#ifndef RUMPRUN_VSOCK_H
#define RUMPRUN_VSOCK_H

#include <linux/virtio_vsock.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	VSOCK_HOST = 2,
	VSOCK_GUEST = 3,
	/* Bytes that a stream may be behind, and of a packet's data. */
	VSOCK_WINDOW = 256 << 10,
	VSOCK_PACKET_MOST = 64 << 10,
	VSOCK_STREAMS_MOST = 256,
	/* A guest that asks and does not listen is not heard any more. */
	VSOCK_WAITING_MOST = 1024,
};

struct vsock_packet {
	struct vsock_packet *next;
	size_t size; /* of header and data */
	struct virtio_vsock_hdr header;
	uint8_t data[];
};

struct vsock_stream;

struct vsock {
	uint32_t port;	  /* of the guest, where all streams lead */
	uint32_t last;	  /* of the host */
	size_t data_most; /* in a packet to the guest */
	unsigned int count;
	struct vsock_stream *streams;
	/* To the guest, in order, and how many. */
	struct vsock_packet *first, **end;
	unsigned int waiting;
};

void vsock_init(struct vsock *v, uint32_t port, size_t data_most);
/* A client, whose descriptor must not block and is ours from here on. */
void vsock_add(struct vsock *v, int fd);
/* From the guest: a header, and what is behind it. What makes no sense is dropped. */
void vsock_receive(struct vsock *v, const void *packet, size_t size);
/* The first packet to the guest was taken. */
void vsock_taken(struct vsock *v);

/* What the streams wait for: one entry each, count of them, in the order that vsock_serve wants. */
void vsock_poll(const struct vsock *v, struct pollfd *pfd);
void vsock_serve(struct vsock *v, const struct pollfd *pfd, unsigned int count);

#endif
