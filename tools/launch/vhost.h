/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A device of two queues, one each way, that QEMU leaves to us: vhost-user (QEMU,
 * docs/interop/vhost-user.rst) and split rings (virtio 1.2, 2.7) in the guest's memory.
 */
#ifndef RUMPRUN_VHOST_H
#define RUMPRUN_VHOST_H

#include <linux/virtio_ring.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { VHOST_TO_GUEST, VHOST_FROM_GUEST, VHOST_RINGS, VHOST_REGIONS = 8 };

/* Whose addresses. */
enum vhost_view { VHOST_GUEST, VHOST_QEMU, VHOST_VIEWS };

/* A part of the guest's memory: where it begins for each of them, and for us. */
struct vhost_region {
	uint64_t begin[VHOST_VIEWS], size;
	uint8_t *here;
};

struct vhost_ring {
	uint16_t size, seen, used;
	int kick, call; /* -1: none */
	bool tell;	/* something was used since the guest was told */
	/* Where QEMU has the parts, and where we have them; NULL: nowhere. */
	uint64_t desc_at, avail_at, done_at;
	struct vring_desc *desc;
	struct vring_avail *avail;
	struct vring_used *done;
};

struct vhost {
	int qemu;	 /* a connected Unix socket */
	uint64_t config; /* of the device: its first eight bytes */
	struct vhost_region region[VHOST_REGIONS];
	unsigned int regions;
	struct vhost_ring ring[VHOST_RINGS];
};

void vhost_init(struct vhost *v, int qemu, uint64_t config);
/* Where we have all of a part of the guest's memory; NULL: that is not the guest's. */
void *vhost_at(const struct vhost *v, enum vhost_view view, uint64_t address, uint64_t size);
/*
 * Do what QEMU has asked for so far, if anything. -1: it is gone, or says what we do not
 * understand.
 */
int vhost_messages(struct vhost *v);
/* The next buffer from the guest, cut to the room; 0: none is there. */
size_t vhost_receive(struct vhost *v, void *buf, size_t room);
/* Fill one buffer of the guest's. False: none is there. */
bool vhost_send(struct vhost *v, const void *data, size_t size);
/* Tell the guest what was done. -1 as above. */
int vhost_tell(struct vhost *v);

#endif
