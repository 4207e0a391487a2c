// SPDX-License-Identifier: GPL-2.0
/* The packets of RFC 2131 and their options (RFC 2132). */
#include <arpa/inet.h>
#include <string.h>

#include "init.h"
#include "dhcp.h"

#define COOKIE htonl(0x63825363)

enum { BOOTREQUEST = 1, BOOTREPLY = 2, ETHERNET = 1, MIN_SIZE = 300, DEFAULT_LEASE = 3600 };
enum {
	OPT_PAD = 0,
	OPT_MASK = 1,
	OPT_ROUTER = 3,
	OPT_DNS = 6,
	OPT_HOSTNAME = 12,
	OPT_DOMAIN = 15,
	OPT_ADDRESS = 50,
	OPT_LEASE = 51,
	OPT_TYPE = 53,
	OPT_SERVER = 54,
	OPT_PARAMETERS = 55,
	OPT_MAX_SIZE = 57,
	OPT_T1 = 58,
	OPT_T2 = 59,
	OPT_END = 255,
};

static uint8_t *put(uint8_t *at, int option, const void *data, size_t size)
{
	*at++ = option;
	*at++ = size;
	memcpy(at, data, size);
	return at + size;
}

size_t dhcp_build(const struct dhcp *c, int type, struct dhcp_packet *packet)
{
	static const uint8_t wanted[] = { OPT_MASK,  OPT_ROUTER, OPT_DNS, OPT_DOMAIN,
					  OPT_LEASE, OPT_T1,	 OPT_T2 };
	uint16_t max_size = htons(sizeof(*packet));
	uint8_t kind = type, *at = packet->options;
	size_t size;

	memset(packet, 0, sizeof(*packet));
	packet->op = BOOTREQUEST;
	packet->htype = ETHERNET;
	packet->hlen = 6;
	packet->xid = c->xid;
	packet->cookie = COOKIE;
	memcpy(packet->chaddr, c->mac, 6);
	/* Without an address, only a broadcast reaches us. */
	if (c->state == DHCP_SELECTING || c->state == DHCP_REQUESTING)
		packet->flags = htons(0x8000);
	else
		packet->ciaddr = c->addr;
	at = put(at, OPT_TYPE, &kind, 1);
	if (c->state == DHCP_REQUESTING) {
		at = put(at, OPT_ADDRESS, &c->offer, 4);
		at = put(at, OPT_SERVER, &c->server, 4);
	}
	at = put(at, OPT_MAX_SIZE, &max_size, 2);
	at = put(at, OPT_PARAMETERS, wanted, sizeof(wanted));
	if (conf.hostname && strlen(conf.hostname) < 64)
		at = put(at, OPT_HOSTNAME, conf.hostname, strlen(conf.hostname));
	*at++ = OPT_END;
	size = at - (uint8_t *)packet;
	return size > MIN_SIZE ? size : MIN_SIZE;
}

static uint32_t word(const uint8_t *data)
{
	uint32_t w;

	memcpy(&w, data, 4);
	return w;
}

static void take_word(struct dhcp_reply *r, int option, uint32_t w)
{
	switch (option) {
	case OPT_MASK:
		r->mask = w;
		break;
	case OPT_ROUTER:
		r->router = w;
		break;
	case OPT_SERVER:
		r->server = w;
		break;
	case OPT_LEASE:
		r->lease = ntohl(w);
		break;
	case OPT_T1:
		r->t1 = ntohl(w);
		break;
	case OPT_T2:
		r->t2 = ntohl(w);
		break;
	}
}

static void take(struct dhcp_reply *r, int option, const uint8_t *data, size_t size)
{
	if (option == OPT_TYPE && size == 1) {
		r->type = *data;
	} else if (option == OPT_DOMAIN) {
		memcpy(r->domain, data, size);
		r->domain[size] = '\0';
	} else if (option == OPT_DNS) {
		for (; size >= 4 && r->nservers < 3; size -= 4, data += 4)
			r->servers[r->nservers++] = word(data);
	} else if (size >= 4) {
		take_word(r, option, word(data));
	}
}

/* The network's class gives the mask when the server does not. */
static uint32_t usual_mask(uint32_t addr)
{
	uint8_t first = ntohl(addr) >> 24;

	return htonl(first < 128 ? 0xff000000 : first < 192 ? 0xffff0000 : 0xffffff00);
}

int dhcp_parse(const struct dhcp *c, const struct dhcp_packet *packet, size_t size,
	       struct dhcp_reply *reply)
{
	const uint8_t *at = packet->options, *end = (const uint8_t *)packet + size;

	if (size < offsetof(struct dhcp_packet, options) || packet->op != BOOTREPLY ||
	    packet->xid != c->xid || packet->cookie != COOKIE || memcmp(packet->chaddr, c->mac, 6))
		return -1;
	memset(reply, 0, sizeof(*reply));
	reply->addr = packet->yiaddr;
	reply->lease = DEFAULT_LEASE;
	while (at < end && *at != OPT_END) {
		if (*at == OPT_PAD) {
			at++;
			continue;
		}
		if (end - at < 2 || end - at - 2 < at[1])
			return -1;
		take(reply, at[0], at + 2, at[1]);
		at += 2 + at[1];
	}
	if (!reply->mask)
		reply->mask = usual_mask(reply->addr);
	if (reply->type == DHCP_ACK && !reply->server)
		reply->server = c->server;
	return 0;
}
