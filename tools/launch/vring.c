// SPDX-License-Identifier: GPL-2.0
/*
 * The device's side of split rings (virtio 1.2, 2.7). The guest writes to them at any time, so what
 * was read is checked, and not read again. x86 is little-endian, as they are.
 */
#include "vhost.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void *vhost_at(const struct vhost *v, enum vhost_view view, uint64_t address, uint64_t size)
{
	for (unsigned int i = 0; i < v->regions; i++) {
		const struct vhost_region *r = &v->region[i];
		uint64_t begin = r->begin[view];

		if (address >= begin && address - begin <= r->size &&
		    size <= r->size - (address - begin))
			return r->here + (address - begin);
	}
	return NULL;
}

/* The head of the next chain, or -1. The guest fills the ring before it moves the index. */
static int next_head(struct vhost_ring *r)
{
	if (r->kick < 0 || !r->desc || __atomic_load_n(&r->avail->idx, __ATOMIC_ACQUIRE) == r->seen)
		return -1;
	return __atomic_load_n(&r->avail->ring[r->seen++ % r->size], __ATOMIC_RELAXED) % r->size;
}

/* What was written is there before the index says so. */
static void put_back(struct vhost_ring *r, int head, uint32_t length)
{
	r->done->ring[r->used++ % r->size] = (struct vring_used_elem){ head, length };
	__atomic_store_n(&r->done->idx, r->used, __ATOMIC_RELEASE);
	r->tell = true;
}

/*
 * Copy between the chain and data, from the chain's beginning to the end of one of them. What does
 * not lie in the guest's memory ends it.
 */
static size_t copy(const struct vhost *v, const struct vhost_ring *r, int head, uint8_t *data,
		   size_t size, bool to_guest)
{
	struct vring_desc d = { .flags = VRING_DESC_F_NEXT, .next = head };
	size_t done = 0;

	for (int i = 0; i < r->size && d.flags & VRING_DESC_F_NEXT && done < size; i++) {
		size_t n;
		uint8_t *p;

		memcpy(&d, &r->desc[d.next % r->size], sizeof(d));
		n = d.len < size - done ? d.len : size - done;
		p = vhost_at(v, VHOST_GUEST, d.addr, n);
		if (!p || !(d.flags & VRING_DESC_F_WRITE) == to_guest)
			break;
		if (to_guest)
			memcpy(p, data + done, n);
		else
			memcpy(data + done, p, n);
		done += n;
	}
	return done;
}

size_t vhost_receive(struct vhost *v, void *buf, size_t room)
{
	struct vhost_ring *r = &v->ring[VHOST_FROM_GUEST];
	size_t size = 0;
	int head;

	while (!size && (head = next_head(r)) >= 0) {
		size = copy(v, r, head, buf, room, false);
		put_back(r, head, 0);
	}
	return size;
}

bool vhost_send(struct vhost *v, const void *data, size_t size)
{
	struct vhost_ring *r = &v->ring[VHOST_TO_GUEST];
	int head = next_head(r);

	if (head < 0)
		return false;
	put_back(r, head, copy(v, r, head, (uint8_t *)data, size, true));
	return true;
}

/*
 * The index is out before the guest's wish is looked at; the guest says what it wishes before it
 * looks at the index. With a full barrier in between on both sides one of them sees the other's.
 */
static bool wants_interrupt(const struct vhost_ring *r)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return !(__atomic_load_n(&r->avail->flags, __ATOMIC_RELAXED) & VRING_AVAIL_F_NO_INTERRUPT);
}

int vhost_tell(struct vhost *v)
{
	const uint64_t one = 1;

	/*
	 * QEMU says where to before it lets the guest go on, but does not wait until it is heard:
	 * what was told by the old descriptor would be lost.
	 */
	if (vhost_messages(v))
		return -1;
	for (int i = 0; i < VHOST_RINGS; i++) {
		struct vhost_ring *r = &v->ring[i];

		if (r->tell && r->desc && r->call >= 0 && wants_interrupt(r) &&
		    write(r->call, &one, sizeof(one)) < 0 && errno != EAGAIN)
			return -1;
		r->tell = false;
	}
	return 0;
}
