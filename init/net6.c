// SPDX-License-Identifier: GPL-2.0
/* IPv6: a static address, or the one that the kernel makes of a router's advertisement. */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "init.h"

/* linux/ipv6.h and linux/ipv6_route.h do not go together with musl's headers. */
struct in6_ifreq {
	struct in6_addr addr;
	uint32_t prefixlen;
	int ifindex;
};

struct in6_rtmsg {
	struct in6_addr dst, src, gateway;
	uint32_t type;
	uint16_t dst_len, src_len;
	uint32_t metric;
	unsigned long info;
	uint32_t flags;
	int ifindex;
};

enum { SIOC_ADD_ROUTE = 0x890b, SIOC_SET_ADDRESS = 0x8916, ROUTE_UP_GATEWAY = 3 };
enum { SCOPE_LINK = 0x20, FLAG_TENTATIVE = 0x40, RETRY_MS = 10 };

static void set(const char *name, const char *key, const char *value)
{
	write_file(join("/proc/sys/net/ipv6/conf/", name, "/", key, NULL), value);
}

/*
 * The launcher's hardware addresses are unique on their network: looking for a
 * second owner would only delay the program by a second, and so would the
 * pause before the first question for a router.
 */
int net6_prepare(const char *name)
{
	set(name, "accept_dad", "0");
	set(name, "router_solicitation_delay", "0");
	return ra_open(name);
}

/* Fields of /proc/net/if_inet6: address, index, prefix length, scope, flags, name; all in hex. */
static int has_routed_address(unsigned int ifindex)
{
	static char text[4096];
	char *p = text;

	if (read_file("/proc/net/if_inet6", text, sizeof(text)) < 0)
		return 0;
	while (*p && strlen(p) > 32) {
		unsigned long index = strtoul(p + 32, &p, 16), scope, flags;

		strtoul(p, &p, 16);
		scope = strtoul(p, &p, 16);
		flags = strtoul(p, &p, 16);
		if (index == ifindex && scope != SCOPE_LINK && !(flags & FLAG_TENTATIVE))
			return 1;
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	return 0;
}

static void wait_for_address(const struct net *net, const char *name, int advertisements)
{
	unsigned int ifindex = if_nametoindex(name);
	long end = now_ms() + conf.network_timeout * 1000L;

	while (!has_routed_address(ifindex)) {
		if (now_ms() > end)
			fatal(net->tag, ": no IPv6 router answered in ",
			      decimal(conf.network_timeout), " seconds", NULL);
		wait_or_stop(advertisements, RETRY_MS);
		ra_read(advertisements, name);
	}
	ra_read(advertisements, name);
}

static void set_address(int fd, const struct net *net, int ifindex)
{
	char text[INET6_ADDRSTRLEN] = "";
	const char *slash = strchr(net->inet6, '/');
	size_t size = slash ? (size_t)(slash - net->inet6) : strlen(net->inet6);
	struct in6_ifreq ifr = { .prefixlen = slash ? atoi(slash + 1) : 128, .ifindex = ifindex };

	memcpy(text, net->inet6, size < sizeof(text) ? size : sizeof(text) - 1);
	if (inet_pton(AF_INET6, text, &ifr.addr) != 1 || ioctl(fd, SIOC_SET_ADDRESS, &ifr))
		fatal("cannot give ", net->tag, " the address ", net->inet6, ": ",
		      error_name(errno), NULL);
}

static void set_gateway(int fd, const struct net *net, int ifindex)
{
	struct in6_rtmsg route = { .metric = 1, .flags = ROUTE_UP_GATEWAY, .ifindex = ifindex };

	if (inet_pton(AF_INET6, net->gateway6, &route.gateway) != 1 ||
	    ioctl(fd, SIOC_ADD_ROUTE, &route))
		fatal("cannot route ", net->tag, " by way of ", net->gateway6, ": ",
		      error_name(errno), NULL);
}

void net6_configure(const struct net *net, const char *name, int advertisements)
{
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	unsigned int ifindex = if_nametoindex(name);

	if (fd < 0)
		fatal("this image has no IPv6: bake it with -m 'add ipv6'", NULL);
	if (strcmp(net->inet6, "auto"))
		set_address(fd, net, ifindex);
	if (net->gateway6)
		set_gateway(fd, net, ifindex);
	if (!strcmp(net->inet6, "auto"))
		wait_for_address(net, name, advertisements);
	close(advertisements);
	close(fd);
}
