// SPDX-License-Identifier: GPL-2.0
/* Ethernet interfaces over the platform's, with checksums and segmentation left to the host. */
#include <linux/etherdevice.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/virtio_net.h>
#include <asm/machine.h>
#include <asm/rumpuser.h>

/* A frame's part that goes into the skb itself; the rest is in pages. */
#define LINEAR 256

struct interface {
	unsigned int n;
	struct rumpuser_net info;
	struct napi_struct napi;
	u8 frame[RUMPUSER_FRAME_MOST];
};

static const u8 *take_header(struct interface *i, struct virtio_net_hdr *hdr, size_t *size)
{
	if (!i->info.offload)
		return i->frame;
	memcpy(hdr, i->frame, sizeof(*hdr));
	*size -= sizeof(*hdr);
	return i->frame + sizeof(*hdr);
}

static bool fill(struct sk_buff *skb, const u8 *data, size_t size)
{
	size_t part = min_t(size_t, size, LINEAR);
	int nr = 0;

	skb_put_data(skb, data, part);
	for (data += part, size -= part; size; data += part, size -= part) {
		struct page *page = dev_alloc_page();

		if (!page)
			return false;
		part = min_t(size_t, size, PAGE_SIZE);
		memcpy(page_address(page), data, part);
		skb_add_rx_frag(skb, nr++, page, 0, part, PAGE_SIZE);
	}
	return true;
}

static void receive(struct net_device *dev, struct interface *i, size_t size)
{
	struct virtio_net_hdr hdr = { 0 };
	struct sk_buff *skb;
	const u8 *data;

	if (size < ETH_HLEN + (i->info.offload ? sizeof(hdr) : 0)) {
		dev->stats.rx_length_errors++;
		return;
	}
	data = take_header(i, &hdr, &size);
	skb = napi_alloc_skb(&i->napi, LINEAR);
	if (!skb || !fill(skb, data, size) ||
	    (i->info.offload && virtio_net_hdr_to_skb(skb, &hdr, true))) {
		kfree_skb(skb);
		dev->stats.rx_dropped++;
		return;
	}
	if (hdr.flags & VIRTIO_NET_HDR_F_DATA_VALID)
		skb->ip_summed = CHECKSUM_UNNECESSARY;
	dev->stats.rx_packets++;
	dev->stats.rx_bytes += size;
	skb->protocol = eth_type_trans(skb, dev);
	napi_gro_receive(&i->napi, skb);
}

static int poll(struct napi_struct *napi, int budget)
{
	struct interface *i = container_of(napi, struct interface, napi);
	size_t size;
	int done;

	for (done = 0; done < budget; done++) {
		size = rumpuser_net_receive(i->n, i->frame, sizeof(i->frame));
		if (!size) {
			napi_complete_done(napi, done);
			break;
		}
		receive(napi->dev, i, size);
	}
	return done;
}

static irqreturn_t interrupt(int irq, void *dev)
{
	struct interface *i = netdev_priv(dev);

	napi_schedule(&i->napi);
	return IRQ_HANDLED;
}

static unsigned int gather(struct sk_buff *skb, struct rumpuser_piece *p)
{
	unsigned int n = 0;
	int f;

	p[n++] = (struct rumpuser_piece){ skb->data, skb_headlen(skb) };
	for (f = 0; f < skb_shinfo(skb)->nr_frags; f++) {
		const skb_frag_t *frag = &skb_shinfo(skb)->frags[f];

		p[n++] = (struct rumpuser_piece){ skb_frag_address(frag), skb_frag_size(frag) };
	}
	return n;
}

static netdev_tx_t transmit(struct sk_buff *skb, struct net_device *dev)
{
	struct interface *i = netdev_priv(dev);
	struct rumpuser_piece pieces[MAX_SKB_FRAGS + 2];
	struct virtio_net_hdr hdr = { 0 };
	unsigned int n = 0;
	int err = 0;

	if (i->info.offload) {
		err = virtio_net_hdr_from_skb(skb, &hdr, true, false, 0);
		pieces[n++] = (struct rumpuser_piece){ &hdr, sizeof(hdr) };
	}
	n += gather(skb, pieces + n);
	if (err || rumpuser_net_send(i->n, pieces, n)) {
		dev->stats.tx_dropped++;
	} else {
		dev->stats.tx_packets++;
		dev->stats.tx_bytes += skb->len;
	}
	dev_consume_skb_any(skb);
	return NETDEV_TX_OK;
}

static int open(struct net_device *dev)
{
	struct interface *i = netdev_priv(dev);

	napi_enable(&i->napi);
	netif_start_queue(dev);
	/* What came before is waiting, and has been announced. */
	local_bh_disable();
	napi_schedule(&i->napi);
	local_bh_enable();
	return 0;
}

static int stop(struct net_device *dev)
{
	struct interface *i = netdev_priv(dev);

	netif_stop_queue(dev);
	napi_disable(&i->napi);
	return 0;
}

static const struct net_device_ops net_ops = {
	.ndo_open = open,
	.ndo_stop = stop,
	.ndo_start_xmit = transmit,
	.ndo_set_mac_address = eth_mac_addr,
	.ndo_validate_addr = eth_validate_addr,
};

static int __init add(unsigned int n, const struct rumpuser_net *info)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct interface));
	struct interface *i;
	int err;

	if (!dev)
		return -ENOMEM;
	i = netdev_priv(dev);
	i->n = n;
	i->info = *info;
	eth_hw_addr_set(dev, info->mac);
	dev->netdev_ops = &net_ops;
	dev->max_mtu = ETH_MAX_MTU;
	if (info->offload)
		dev->hw_features =
			NETIF_F_SG | NETIF_F_HW_CSUM | NETIF_F_TSO | NETIF_F_TSO6 | NETIF_F_TSO_ECN;
	dev->features = dev->hw_features | NETIF_F_HIGHDMA;
	netif_napi_add(dev, &i->napi, poll);
	err = rump_map_isa_irq(info->line);
	if (err >= 0)
		err = request_irq(info->line, interrupt, 0, "net", dev);
	if (!err)
		err = register_netdev(dev);
	if (err)
		free_netdev(dev);
	return err;
}

static int __init nets_init(void)
{
	struct rumpuser_net info;
	unsigned int n;
	int err = 0;

	for (n = 0; !err && !rumpuser_net(n, &info); n++) {
		if (!info.vsock)
			err = add(n, &info);
	}
	return err;
}
device_initcall(nets_init);
