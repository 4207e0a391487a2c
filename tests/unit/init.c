// SPDX-License-Identifier: GPL-2.0
/* PID 1's packets: DHCP replies, good, cut and random, must never be read past their end. */
#include "dhcp.h"
#include "init.h"
#include "unit.h"

#include <arpa/inet.h>
#include <stdlib.h>

struct conf conf = { .hostname = "guest" };

static struct dhcp client = { .xid = 0x12345678, .mac = { 2, 0, 0, 0, 0, 1 } };

static void make_reply(struct dhcp_packet *p, const void *options, size_t size)
{
	memset(p, 0, sizeof(*p));
	p->op = 2;
	p->xid = client.xid;
	p->cookie = htonl(0x63825363);
	p->yiaddr = inet_addr("10.0.2.15");
	memcpy(p->chaddr, client.mac, 6);
	memcpy(p->options, options, size);
}

static int parse(const struct dhcp_packet *p, size_t options, struct dhcp_reply *reply)
{
	/* On the heap, so that the sanitizer sees a step too far. */
	size_t size = offsetof(struct dhcp_packet, options) + options;
	void *copy = malloc(size);
	int ret;

	memcpy(copy, p, size);
	ret = dhcp_parse(&client, copy, size, reply);
	free(copy);
	return ret;
}

static void good_reply(void)
{
	static const unsigned char options[] = { 53, 1,	  5,   0,   1,	4, 255, 255, 255, 0, 3,
						 4,  10,  0,   2,   2,	6, 8,	10,  0,	  2, 3,
						 10, 0,	  2,   4,   51, 4, 0,	0,   1,	  0, 15,
						 3,  'l', 'a', 'n', 54, 4, 10,	0,   2,	  2, 255 };
	struct dhcp_reply reply;
	struct dhcp_packet p;

	make_reply(&p, options, sizeof(options));
	check("a reply is understood", !parse(&p, sizeof(options), &reply));
	check("its type", reply.type == DHCP_ACK);
	check("mask", reply.mask == inet_addr("255.255.255.0"));
	check("router", reply.router == inet_addr("10.0.2.2"));
	check("servers", reply.nservers == 2 && reply.servers[1] == inet_addr("10.0.2.4"));
	check("lease", reply.lease == 256);
	check("server", reply.server == inet_addr("10.0.2.2"));
	check_text("domain", "lan", reply.domain);
	for (size_t size = 0; size < sizeof(options); size++)
		parse(&p, size, &reply);
	check("cut short anywhere", 1);
	p.xid++;
	check("another one's reply is refused", parse(&p, sizeof(options), &reply) < 0);
}

static void random_replies(void)
{
	unsigned char options[300];
	struct dhcp_reply reply;
	struct dhcp_packet p;

	srandom(1);
	for (int i = 0; i < 100000; i++) {
		for (size_t k = 0; k < sizeof(options); k++)
			options[k] = random() % 4 ? random() : random() % 60;
		make_reply(&p, options, sizeof(options));
		parse(&p, random() % sizeof(options), &reply);
	}
	check("100,000 random ones", 1);
}

static void request(void)
{
	struct dhcp_packet p;

	client.state = DHCP_REQUESTING;
	client.offer = inet_addr("10.0.2.15");
	check("a request is no shorter than BOOTP's", dhcp_build(&client, DHCP_REQUEST, &p) >= 300);
	check("it asks for a broadcast", p.flags == htons(0x8000));
	client.state = DHCP_RENEWING;
	client.addr = client.offer;
	dhcp_build(&client, DHCP_REQUEST, &p);
	check("a renewal does not, and names its address", !p.flags && p.ciaddr == client.addr);
}

int main(void)
{
	good_reply();
	random_replies();
	request();
	return 0;
}
