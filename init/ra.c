// SPDX-License-Identifier: GPL-2.0
/*
 * Name servers in the advertisements of IPv6 routers (RFC 4861, option 25 of RFC 8106). The kernel
 * takes addresses and routes from these, and leaves the names to us.
 */
#include <netinet/icmp6.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "init.h"

enum { RDNSS = 25, RDNSS_HEADER = 8, UNIT = 8, MAX_PACKET = 1500, FROM_NEIGHBOUR = 255 };

/* -1 where the kernel has no IPv6. */
int ra_open(const char *name)
{
	int fd = socket(AF_INET6, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_ICMPV6);
	struct icmp6_filter filter;
	int on = 1;

	if (fd < 0)
		return -1;
	ICMP6_FILTER_SETBLOCKALL(&filter);
	ICMP6_FILTER_SETPASS(ND_ROUTER_ADVERT, &filter);
	setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, &filter, sizeof(filter));
	setsockopt(fd, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, &on, sizeof(on));
	setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, strlen(name) + 1);
	return fd;
}

static void hex_group(char **end, unsigned int group)
{
	static const char digits[] = "0123456789abcdef";
	int shift = 12;

	while (shift && !(group >> shift))
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		*(*end)++ = digits[group >> shift & 15];
}

/* Without "::", which inet_ntop() would make with the help of printf. */
const char *inet6_text(const unsigned char addr[16])
{
	char text[48], *end = text;

	for (int i = 0; i < 16; i += 2) {
		if (i)
			*end++ = ':';
		hex_group(&end, addr[i] << 8 | addr[i + 1]);
	}
	*end = '\0';
	return join(text, NULL);
}

static void take_servers(const unsigned char *option, size_t size, const char *name)
{
	static const unsigned char no_lifetime[4];
	const char *text;

	if (!memcmp(option + 4, no_lifetime, sizeof(no_lifetime)))
		return;
	for (size_t at = RDNSS_HEADER; at + 16 <= size; at += 16) {
		text = inet6_text(option + at);
		if (option[at] == 0xfe && (option[at + 1] & 0xc0) == 0x80)
			text = join(text, "%", name, NULL);
		net_add_nameserver(text);
	}
}

/* The options of one advertisement of this interface. */
void ra_parse(const unsigned char *packet, size_t size, const char *name)
{
	size_t at = sizeof(struct nd_router_advert), length;

	while (at + UNIT <= size) {
		length = packet[at + 1] * UNIT;
		if (!length || length > size - at)
			return;
		if (packet[at] == RDNSS)
			take_servers(packet + at, length, name);
		at += length;
	}
}

/* A packet that a router has passed on has a lower hop limit than it began with. */
static int hop_limit(struct msghdr *message)
{
	struct cmsghdr *c = CMSG_FIRSTHDR(message);
	int limit = 0;

	if (c && c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_HOPLIMIT)
		memcpy(&limit, CMSG_DATA(c), sizeof(limit));
	return limit;
}

/* All advertisements that have come by now. */
void ra_read(int fd, const char *name)
{
	unsigned char packet[MAX_PACKET];
	char control[CMSG_SPACE(sizeof(int))] __attribute__((aligned(8)));
	struct iovec part = { packet, sizeof(packet) };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control };
	ssize_t n;

	while (message.msg_controllen = sizeof(control), (n = recvmsg(fd, &message, 0)) > 0) {
		if (hop_limit(&message) == FROM_NEIGHBOUR)
			ra_parse(packet, n, name);
	}
}
