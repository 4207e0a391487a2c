/* SPDX-License-Identifier: GPL-2.0 */
/* The DHCP client's state, and the packets it exchanges. */
#ifndef RUMPRUN_INIT_DHCP_H
#define RUMPRUN_INIT_DHCP_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { DHCP_SERVER_PORT = 67, DHCP_CLIENT_PORT = 68 };
enum { DHCP_DISCOVER = 1, DHCP_OFFER = 2, DHCP_REQUEST = 3, DHCP_ACK = 5, DHCP_NAK = 6 };

#define DHCP_FOREVER 0xffffffffu

enum dhcp_state { DHCP_SELECTING, DHCP_REQUESTING, DHCP_BOUND, DHCP_RENEWING, DHCP_REBINDING };

struct dhcp {
	const char *name;
	const char *tag;
	unsigned char mac[6];
	int fd;
	enum dhcp_state state;
	uint32_t xid;
	/* All addresses are in network order. */
	uint32_t addr, mask, offer, server;
	/* Times in ms of now_ms(). */
	long t1, t2, expiry, next, retry;
	int sent;
	int forever;
	int bound;
};

struct dhcp_packet {
	uint8_t op, htype, hlen, hops;
	uint32_t xid;
	uint16_t secs, flags;
	uint32_t ciaddr, yiaddr, siaddr, giaddr;
	uint8_t chaddr[16];
	uint8_t sname[64];
	uint8_t file[128];
	uint32_t cookie;
	uint8_t options[1260];
};

struct dhcp_reply {
	int type;
	uint32_t addr, mask, router, server;
	uint32_t servers[3];
	int nservers;
	uint32_t lease, t1, t2;
	char domain[256];
};

size_t dhcp_build(const struct dhcp *c, int type, struct dhcp_packet *packet);
/* Return 0, or -1 when the packet is no answer to this client. */
int dhcp_parse(const struct dhcp *c, const struct dhcp_packet *packet, size_t size,
	       struct dhcp_reply *reply);

#endif
