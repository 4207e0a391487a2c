// SPDX-License-Identifier: GPL-2.0
/*
 * AF_VSOCK to the host of a process. The protocol is virtio's, and Linux's own; here its packets
 * are the platform's frames.
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/skbuff.h>
#include <linux/virtio_vsock.h>
#include <linux/workqueue.h>
#include <asm/machine.h>
#include <asm/rumpuser.h>

/* The host is 2 to its guests, which begin with 3: it has one. */
enum { OWN_CID = 3 };

static void send_work(struct work_struct *work);
static void receive_work(struct work_struct *work);

static unsigned int number;
static struct sk_buff_head queue;
static DECLARE_DELAYED_WORK(sending, send_work);
static DECLARE_DELAYED_WORK(receiving, receive_work);
/* A packet that waits for memory. */
static u8 frame[RUMPUSER_FRAME_MOST];
static size_t frame_size;

static u32 get_local_cid(void)
{
	return OWN_CID;
}

static int send_pkt(struct sk_buff *skb)
{
	int length = skb->len;

	virtio_vsock_skb_queue_tail(&queue, skb);
	queue_delayed_work(system_wq, &sending, 0);
	return length;
}

static int cancel_pkt(struct vsock_sock *vsk)
{
	virtio_transport_purge_skbs(vsk, &queue);
	return 0;
}

static int send_frame(struct sk_buff *skb)
{
	struct rumpuser_piece pieces[MAX_SKB_FRAGS + 2];
	unsigned int n = 0;
	int f;

	pieces[n++] =
		(struct rumpuser_piece){ virtio_vsock_hdr(skb), sizeof(struct virtio_vsock_hdr) };
	pieces[n++] = (struct rumpuser_piece){ skb->data, skb_headlen(skb) };
	for (f = 0; f < skb_shinfo(skb)->nr_frags; f++) {
		const skb_frag_t *frag = &skb_shinfo(skb)->frags[f];

		pieces[n++] =
			(struct rumpuser_piece){ skb_frag_address(frag), skb_frag_size(frag) };
	}
	return rumpuser_net_send(number, pieces, n);
}

/* Streams lose nothing: what a slow host does not take stays at the front. */
static void send_work(struct work_struct *work)
{
	struct sk_buff *skb;

	while ((skb = virtio_vsock_skb_dequeue(&queue))) {
		if (send_frame(skb)) {
			virtio_vsock_skb_queue_head(&queue, skb);
			queue_delayed_work(system_wq, &sending, 1);
			return;
		}
		virtio_transport_consume_skb_sent(skb, true);
	}
}

static struct virtio_transport transport = {
	.transport = {
		.module                   = THIS_MODULE,
		.get_local_cid            = get_local_cid,
		.init                     = virtio_transport_do_socket_init,
		.destruct                 = virtio_transport_destruct,
		.release                  = virtio_transport_release,
		.connect                  = virtio_transport_connect,
		.shutdown                 = virtio_transport_shutdown,
		.cancel_pkt               = cancel_pkt,
		.dgram_bind               = virtio_transport_dgram_bind,
		.dgram_dequeue            = virtio_transport_dgram_dequeue,
		.dgram_enqueue            = virtio_transport_dgram_enqueue,
		.dgram_allow              = virtio_transport_dgram_allow,
		.stream_dequeue           = virtio_transport_stream_dequeue,
		.stream_enqueue           = virtio_transport_stream_enqueue,
		.stream_has_data          = virtio_transport_stream_has_data,
		.stream_has_space         = virtio_transport_stream_has_space,
		.stream_rcvhiwat          = virtio_transport_stream_rcvhiwat,
		.stream_is_active         = virtio_transport_stream_is_active,
		.stream_allow             = virtio_transport_stream_allow,
		.notify_poll_in           = virtio_transport_notify_poll_in,
		.notify_poll_out          = virtio_transport_notify_poll_out,
		.notify_recv_init         = virtio_transport_notify_recv_init,
		.notify_recv_pre_block    = virtio_transport_notify_recv_pre_block,
		.notify_recv_pre_dequeue  = virtio_transport_notify_recv_pre_dequeue,
		.notify_recv_post_dequeue = virtio_transport_notify_recv_post_dequeue,
		.notify_send_init         = virtio_transport_notify_send_init,
		.notify_send_pre_block    = virtio_transport_notify_send_pre_block,
		.notify_send_pre_enqueue  = virtio_transport_notify_send_pre_enqueue,
		.notify_send_post_enqueue = virtio_transport_notify_send_post_enqueue,
		.notify_buffer_size       = virtio_transport_notify_buffer_size,
		.notify_set_rcvlowat      = virtio_transport_notify_set_rcvlowat,
		.unsent_bytes             = virtio_transport_unsent_bytes,
		.read_skb                 = virtio_transport_read_skb,
	},
	.send_pkt = send_pkt,
};

static bool whole(const struct virtio_vsock_hdr *hdr, size_t size)
{
	return size >= sizeof(*hdr) && le32_to_cpu(hdr->len) == size - sizeof(*hdr);
}

/* False when memory is short. A packet that is none is dropped. */
static bool receive_frame(size_t size)
{
	struct sk_buff *skb;

	if (!whole((struct virtio_vsock_hdr *)frame, size))
		return true;
	skb = virtio_vsock_alloc_linear_skb(size, GFP_KERNEL);
	if (!skb)
		return false;
	memcpy(virtio_vsock_hdr(skb), frame, sizeof(struct virtio_vsock_hdr));
	skb_put_data(skb, frame + sizeof(struct virtio_vsock_hdr),
		     size - sizeof(struct virtio_vsock_hdr));
	virtio_transport_recv_pkt(&transport, skb);
	return true;
}

static void receive_work(struct work_struct *work)
{
	while (frame_size || (frame_size = rumpuser_net_receive(number, frame, sizeof(frame)))) {
		if (!receive_frame(frame_size)) {
			queue_delayed_work(system_wq, &receiving, 1);
			return;
		}
		frame_size = 0;
	}
}

static irqreturn_t interrupt(int irq, void *unused)
{
	queue_delayed_work(system_wq, &receiving, 0);
	return IRQ_HANDLED;
}

static int __init vsock_rump_init(void)
{
	struct rumpuser_net info;
	int err;

	do {
		if (rumpuser_net(number++, &info))
			return 0;
	} while (!info.vsock);
	number--;
	skb_queue_head_init(&queue);
	err = vsock_core_register(&transport.transport, VSOCK_TRANSPORT_F_G2H);
	if (err)
		return err;
	err = rump_map_isa_irq(info.line);
	if (err >= 0)
		err = request_irq(info.line, interrupt, 0, "vsock", &transport);
	if (err)
		vsock_core_unregister(&transport.transport);
	else
		queue_delayed_work(system_wq, &receiving, 0);
	return err;
}
module_init(vsock_rump_init);
MODULE_LICENSE("GPL v2");
