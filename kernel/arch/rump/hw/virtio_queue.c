// SPDX-License-Identifier: GPL-2.0
/*
 * The length of a virtio console's queues. The driver fills each at once, with a page an entry, and
 * takes as many entries as the device offers: 1024, hence 4 MB a queue, where it is QEMU's
 * virtio-mmio, 128 on PCI. Linux's transports call vring_create_virtqueue() by the name of what is
 * below (kernel/Makefile), and tell the device the length of what they are given.
 */
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/virtio.h>
#include <linux/virtio_ids.h>
#include <linux/virtio_ring.h>

/* A power of two. */
#define CONSOLE_ENTRIES 32U

struct virtqueue *rump_vring_create_virtqueue(unsigned int index, unsigned int num,
					      unsigned int vring_align, struct virtio_device *vdev,
					      bool weak_barriers, bool may_reduce_num, bool context,
					      bool (*notify)(struct virtqueue *vq),
					      void (*callback)(struct virtqueue *vq),
					      const char *name);

struct virtqueue *rump_vring_create_virtqueue(unsigned int index, unsigned int num,
					      unsigned int vring_align, struct virtio_device *vdev,
					      bool weak_barriers, bool may_reduce_num, bool context,
					      bool (*notify)(struct virtqueue *vq),
					      void (*callback)(struct virtqueue *vq),
					      const char *name)
{
	if (vdev->id.device == VIRTIO_ID_CONSOLE)
		num = min(num, CONSOLE_ENTRIES);
	return vring_create_virtqueue(index, num, vring_align, vdev, weak_barriers, may_reduce_num,
				      context, notify, callback, name);
}
EXPORT_SYMBOL_GPL(rump_vring_create_virtqueue);

MODULE_DESCRIPTION("Length of a virtio console's queues");
MODULE_LICENSE("GPL");
