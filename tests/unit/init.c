// SPDX-License-Identifier: GPL-2.0
/*
 * PID 1's packets: DHCP replies and router advertisements, good, cut and random, must never be read
 * past their end.
 */
#include "dhcp.h"
#include "init.h"
#include "unit.h"

#include <arpa/inet.h>
#include <stdarg.h>
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

static char servers[256];

/* What ra.c needs of the rest of init. */
void net_add_nameserver(const char *addr)
{
	if (strlen(servers) + strlen(addr) + 2 < sizeof(servers))
		strcat(strcat(servers, addr), " ");
}

const char *join(const char *first, ...)
{
	static char texts[2][128];
	static int turn;
	char *text = texts[turn ^= 1];
	va_list ap;

	*text = '\0';
	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *))
		strcat(text, s);
	va_end(ap);
	return text;
}

static void advertise(const unsigned char *packet, size_t size)
{
	unsigned char *copy = malloc(size);

	memcpy(copy, packet, size);
	ra_parse(copy, size, "eth0");
	free(copy);
}

static void advertisements(void)
{
	unsigned char packet[16 + 8 + 40 + 24] = {
		[0] = 134, [16] = 1, 1,		2, 0, 0, 0, 0, 1, /* an address of the link's own */
		[24] = 25, 5,	     0,		0, 0, 0, 1, 0, 0x20, 1, 0x0d, 0xb8, [47] = 7, 0xfe,
		0x80,	   [63] = 1, [64] = 25, 3, 0, 0, 0, 0, 0,    0, 0x20, 1, /* one whose time
										    is over */
	};

	advertise(packet, sizeof(packet));
	check_text("name servers of a router", "2001:db8:0:0:0:0:0:7 fe80:0:0:0:0:0:0:1%eth0 ",
		   servers);
	for (size_t size = 1; size < sizeof(packet); size++)
		advertise(packet, size);
	for (int i = 0; i < 100000; i++) {
		*servers = '\0';
		for (size_t k = 16; k < sizeof(packet); k++)
			packet[k] = random() % 4 ? random() : random() % 60;
		packet[16] = 25;
		advertise(packet, 1 + random() % sizeof(packet));
	}
	check("advertisements cut short, and 100,000 random ones", 1);
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
	advertisements();
	request();
	return 0;
}
