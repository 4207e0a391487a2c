// SPDX-License-Identifier: GPL-2.0
/* QEMU's side of a vhost-user device: which memory, which rings. */
#include "vhost.h"

#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	GET_FEATURES = 1,
	SET_MEM_TABLE = 5,
	SET_VRING_NUM = 8,
	SET_VRING_ADDR = 9,
	SET_VRING_BASE = 10,
	GET_VRING_BASE = 11,
	SET_VRING_KICK = 12,
	SET_VRING_CALL = 13,
	GET_PROTOCOL_FEATURES = 15,
	GET_QUEUE_NUM = 17,
	GET_CONFIG = 24,
};

#define F_PROTOCOL_FEATURES (1ull << 30)
#define F_VERSION_1	    (1ull << 32)
#define PROTOCOL_F_MQ	    (1ull << 0)
#define PROTOCOL_F_CONFIG   (1ull << 9)

/* Version 1, and for an answer bit 2. */
enum { FLAGS_ANSWER = 5, RING_MASK = 0xff, NO_FD = 0x100, PAYLOAD_MOST = 512 };

struct head {
	uint32_t request, flags, size;
};

struct message {
	struct head head;
	union {
		uint64_t u64;
		struct {
			uint32_t index, num;
		} state;
		struct {
			uint32_t index, flags;
			uint64_t desc, used, avail, log;
		} addr;
		struct {
			uint32_t count, padding;
			struct {
				uint64_t guest, size, qemu, offset;
			} region[VHOST_REGIONS];
		} memory;
		struct {
			uint32_t offset, size, flags;
			uint8_t data[PAYLOAD_MOST - 12];
		} config;
		uint8_t bytes[PAYLOAD_MOST];
	};
	int fd[VHOST_REGIONS];
	unsigned int nfds;
} __attribute__((packed, aligned(8))); /* the payload follows the head */

void vhost_init(struct vhost *v, int qemu, uint64_t config)
{
	*v = (struct vhost){ .qemu = qemu, .config = config };
	for (int i = 0; i < VHOST_RINGS; i++)
		v->ring[i].kick = v->ring[i].call = -1;
}

static void take_fds(struct message *m, struct msghdr *msg)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(msg);

	if (!c || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
		return;
	m->nfds = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	memcpy(m->fd, CMSG_DATA(c), m->nfds * sizeof(int));
}

static int receive(int qemu, struct message *m)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(m->fd))];
	} control;
	struct iovec iov = { &m->head, sizeof(m->head) };
	struct msghdr msg = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};

	memset(m, 0, sizeof(*m));
	if (recvmsg(qemu, &msg, MSG_WAITALL | MSG_CMSG_CLOEXEC) != sizeof(m->head))
		return -1;
	take_fds(m, &msg);
	if (m->head.size > PAYLOAD_MOST)
		return -1;
	if (!m->head.size)
		return 0;
	return recv(qemu, m->bytes, m->head.size, MSG_WAITALL) == (ssize_t)m->head.size ? 0 : -1;
}

static int answer(struct vhost *v, struct message *m, uint32_t size)
{
	size_t all = sizeof(m->head) + size;

	m->head.flags = FLAGS_ANSWER;
	m->head.size = size;
	return send(v->qemu, m, all, MSG_NOSIGNAL) == (ssize_t)all ? 0 : -1;
}

static int answer_number(struct vhost *v, struct message *m, uint64_t number)
{
	m->u64 = number;
	return answer(v, m, sizeof(number));
}

static void map_ring(const struct vhost *v, struct vhost_ring *r)
{
	r->desc = vhost_at(v, VHOST_QEMU, r->desc_at, r->size * sizeof(*r->desc));
	r->avail = vhost_at(v, VHOST_QEMU, r->avail_at,
			    sizeof(*r->avail) + r->size * sizeof(*r->avail->ring));
	r->done = vhost_at(v, VHOST_QEMU, r->done_at,
			   sizeof(*r->done) + r->size * sizeof(*r->done->ring));
	if (!r->avail || !r->done)
		r->desc = NULL;
}

/* Rings that are there already go on in the new memory. */
static int set_memory(struct vhost *v, struct message *m)
{
	for (unsigned int i = 0; i < v->regions; i++)
		munmap(v->region[i].here, v->region[i].size);
	v->regions = 0;
	if (m->memory.count > VHOST_REGIONS || m->memory.count > m->nfds)
		return -1;
	for (unsigned int i = 0; i < m->memory.count; i++) {
		struct vhost_region *r = &v->region[i];

		r->begin[VHOST_GUEST] = m->memory.region[i].guest;
		r->begin[VHOST_QEMU] = m->memory.region[i].qemu;
		r->size = m->memory.region[i].size;
		r->here = mmap(NULL, r->size, PROT_READ | PROT_WRITE, MAP_SHARED, m->fd[i],
			       m->memory.region[i].offset);
		if (r->here == MAP_FAILED)
			return -1;
		v->regions++;
	}
	for (int i = 0; i < VHOST_RINGS; i++)
		map_ring(v, &v->ring[i]);
	return 0;
}

static int set_addresses(const struct vhost *v, struct vhost_ring *r, const struct message *m)
{
	r->desc_at = m->addr.desc;
	r->avail_at = m->addr.avail;
	r->done_at = m->addr.used;
	map_ring(v, r);
	return r->desc ? 0 : -1;
}

static void set_fd(int *fd, struct message *m)
{
	if (*fd >= 0)
		close(*fd);
	*fd = m->u64 & NO_FD || !m->nfds ? -1 : m->fd[0];
	if (*fd >= 0)
		m->nfds = 0;
}

static int ring_message(struct vhost *v, struct message *m)
{
	unsigned int index = m->state.index & RING_MASK;
	struct vhost_ring *r = &v->ring[index];

	if (index >= VHOST_RINGS)
		return -1;
	switch (m->head.request) {
	case SET_VRING_NUM:
		/* A power of two, and the addresses follow. */
		r->desc = NULL;
		r->size = m->state.num;
		return m->state.num && m->state.num <= 32768 ? 0 : -1;
	case SET_VRING_ADDR:
		return set_addresses(v, r, m);
	case SET_VRING_BASE:
		r->seen = r->used = m->state.num;
		return 0;
	case GET_VRING_BASE:
		/* The ring stops, and its memory may go. */
		r->tell = false;
		set_fd(&r->kick, m);
		m->state.num = r->seen;
		return answer(v, m, sizeof(m->state));
	case SET_VRING_KICK:
		set_fd(&r->kick, m);
		return 0;
	}
	set_fd(&r->call, m);
	return 0;
}

static int take(struct vhost *v, struct message *m)
{
	switch (m->head.request) {
	case GET_FEATURES:
		return answer_number(v, m, F_PROTOCOL_FEATURES | F_VERSION_1);
	case GET_PROTOCOL_FEATURES:
		return answer_number(v, m, PROTOCOL_F_MQ | PROTOCOL_F_CONFIG);
	case GET_QUEUE_NUM:
		return answer_number(v, m, VHOST_RINGS);
	case GET_CONFIG:
		memset(m->config.data, 0, sizeof(m->config.data));
		if (!m->config.offset)
			memcpy(m->config.data, &v->config, sizeof(v->config));
		return answer(v, m, m->head.size);
	case SET_MEM_TABLE:
		return set_memory(v, m);
	case SET_VRING_NUM:
	case SET_VRING_ADDR:
	case SET_VRING_BASE:
	case GET_VRING_BASE:
	case SET_VRING_KICK:
	case SET_VRING_CALL:
		return ring_message(v, m);
	}
	return 0;
}

static int take_one(struct vhost *v)
{
	struct message m;
	int result = receive(v->qemu, &m);

	if (!result)
		result = take(v, &m);
	for (unsigned int i = 0; i < m.nfds; i++)
		close(m.fd[i]);
	return result;
}

int vhost_messages(struct vhost *v)
{
	struct pollfd pfd = { v->qemu, POLLIN, 0 };

	while (poll(&pfd, 1, 0) > 0)
		if (take_one(v))
			return -1;
	return 0;
}
