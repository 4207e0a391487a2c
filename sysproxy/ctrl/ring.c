// SPDX-License-Identifier: GPL-2.0
#include "ring.h"
#include "ctrl.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>

enum { DRAIN_MOST = 64, DRAIN_MS = 10000, ETHER_HEADER = 14, LEAST_HEADER = 16 };

struct ring {
	struct tpacket_req request;
	uint32_t reserve, next, drained;
	uint8_t *memory;
	size_t size;
};

static uint8_t packet[1 << 16];
static struct sockaddr_ll from;
static socklen_t from_size;

void ring_free(struct ring *r)
{
	if (!r)
		return;
	if (r->memory)
		munmap(r->memory, r->size);
	free(r);
}

static size_t ring_size(const struct tpacket_req *q)
{
	return (size_t)q->tp_block_size * q->tp_block_nr;
}

int ring_map(struct ring *r, int memory, size_t size)
{
	if (r->memory || size != ring_size(&r->request))
		return -1;
	r->memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
	if (r->memory == MAP_FAILED) {
		r->memory = NULL;
		return -1;
	}
	r->size = size;
	return 0;
}

static struct tpacket2_hdr *slot(const struct ring *r, uint32_t index)
{
	uint32_t per_block = r->request.tp_block_size / r->request.tp_frame_size;

	return (struct tpacket2_hdr *)(r->memory +
				       (size_t)(index / per_block) * r->request.tp_block_size +
				       (size_t)(index % per_block) * r->request.tp_frame_size);
}

/* The program hands a slot back by its status, and we hand it over by the same: data come first. */
static bool is_free(const struct ring *r, uint32_t index)
{
	return __atomic_load_n(&slot(r, index)->tp_status, __ATOMIC_ACQUIRE) == TP_STATUS_KERNEL;
}

bool ring_ready(const struct ring *r)
{
	uint32_t last = r->next ? r->next - 1 : r->request.tp_frame_nr - 1;

	return r->memory && !is_free(r, last);
}

static void put_packet(struct ring *r, uint32_t length)
{
	struct tpacket2_hdr *h = slot(r, r->next);
	uint32_t net = TPACKET_ALIGN(TPACKET2_HDRLEN + LEAST_HEADER) + r->reserve;
	uint32_t mac = net - ETHER_HEADER, room = r->request.tp_frame_size - mac;
	uint32_t size = length < sizeof(packet) ? length : sizeof(packet);
	struct timespec ts;

	if (size > room)
		size = room;
	clock_gettime(CLOCK_REALTIME, &ts);
	memset((uint8_t *)h + sizeof(h->tp_status), 0, sizeof(*h) - sizeof(h->tp_status));
	h->tp_len = length;
	h->tp_snaplen = size;
	h->tp_mac = mac;
	h->tp_net = net;
	h->tp_sec = ts.tv_sec;
	h->tp_nsec = ts.tv_nsec;
	memcpy((uint8_t *)h + TPACKET_ALIGN(sizeof(*h)), &from, sizeof(from));
	memcpy((uint8_t *)h + mac, packet, size);
	__atomic_store_n(&h->tp_status, TP_STATUS_USER, __ATOMIC_RELEASE);
	r->next = (r->next + 1) % r->request.tp_frame_nr;
}

static void ask(struct thread *t);

static void drained(struct thread *t, int64_t result)
{
	struct ring *r = t->draining->ring;

	if (result > 0) {
		put_packet(r, result);
		if (++r->drained < DRAIN_MOST && is_free(r, r->next)) {
			ask(t);
			return;
		}
	}
	t->draining = NULL;
	t->then(t);
}

static void ask(struct thread *t)
{
	const uint64_t args[CALL_ARGS] = { t->draining->fd,  (uintptr_t)packet,
					   sizeof(packet),   MSG_DONTWAIT | MSG_TRUNC,
					   (uintptr_t)&from, (uintptr_t)&from_size };

	from_size = sizeof(from);
	t->memory = &own_memory;
	send_call(t, call_find(SYS_recvfrom), args, drained);
	/* It never waits there, so there is no need to sleep here. */
	t->deadline = now_ms() + DRAIN_MS;
}

/* The first ring in the set is enough: nobody waits for two. */
static struct file *polled_ring(struct thread *t)
{
	struct pollfd pfd;
	struct file *file;

	for (uint32_t i = 0; i < (uint32_t)t->args[1] && i < POLLS_MOST; i++) {
		if (peek(t, t->args[0] + i * sizeof(pfd), &pfd, sizeof(pfd)))
			return NULL;
		file = fds_file(t->process->fds, pfd.fd);
		if (file && file->ring && file->ring->memory)
			return file;
	}
	return NULL;
}

bool ring_drain(struct thread *t, void (*then)(struct thread *t))
{
	struct file *file = polled_ring(t);

	if (!file || !is_free(file->ring, file->ring->next))
		return false;
	file->ring->drained = 0;
	t->draining = file;
	t->then = then;
	ask(t);
	return true;
}

static struct ring *ring_of(struct file *file)
{
	if (!file->ring)
		file->ring = calloc(1, sizeof(*file->ring));
	if (!file->ring)
		fail(EXIT_SYSTEM, "out of memory");
	return file->ring;
}

static int set_ring(struct ring *r, const struct tpacket_req *q)
{
	if (!q->tp_block_nr) {
		if (r->memory)
			munmap(r->memory, r->size);
		r->memory = NULL;
		return 0;
	}
	if (q->tp_frame_size < TPACKET2_HDRLEN + 2 * LEAST_HEADER + r->reserve ||
	    q->tp_block_size < q->tp_frame_size || ring_size(q) > 64 << 20 ||
	    q->tp_frame_nr != q->tp_block_size / q->tp_frame_size * q->tp_block_nr)
		return -EINVAL;
	r->request = *q;
	r->next = 0;
	return 0;
}

static bool set_option(struct thread *t, struct file *file)
{
	struct tpacket_req request = { 0 };
	uint32_t value = 0;

	if (t->args[2] == PACKET_RX_RING) {
		if (peek(t, t->args[3], &request, sizeof(request)))
			give_result(t, -EFAULT);
		else
			give_result(t, set_ring(ring_of(file), &request));
		return true;
	}
	if (t->args[2] != PACKET_VERSION && t->args[2] != PACKET_RESERVE)
		return false;
	if (peek(t, t->args[3], &value, sizeof(value)) ||
	    (t->args[2] == PACKET_VERSION && value != TPACKET_V2) || value > LEAST_HEADER) {
		give_result(t, -EINVAL);
		return true;
	}
	if (t->args[2] == PACKET_RESERVE)
		ring_of(file)->reserve = value;
	give_result(t, 0);
	return true;
}

/* Of the layouts, programs get the one that is made here. */
static bool get_header_size(struct thread *t)
{
	uint32_t value = 0;
	const uint32_t size = sizeof(struct tpacket2_hdr);

	if (peek(t, t->args[3], &value, sizeof(value)) || value != TPACKET_V2 ||
	    poke(t, t->args[3], &size, sizeof(size)))
		give_result(t, -EINVAL);
	else
		give_result(t, 0);
	return true;
}

bool ring_option(struct thread *t)
{
	struct file *file = fds_file(t->process->fds, t->args[0]);

	if (!file || t->args[1] != SOL_PACKET)
		return false;
	if (t->regs.orig_rax == SYS_setsockopt)
		return set_option(t, file);
	return t->args[2] == PACKET_HDRLEN && get_header_size(t);
}
