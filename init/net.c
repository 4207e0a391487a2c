// SPDX-License-Identifier: GPL-2.0
/* Network interfaces: found by hardware address, configured as the configuration says. */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <net/route.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include "init.h"

enum { MAX_INDEX = 64 };

static int control = -1;

static struct sockaddr inet_sockaddr(uint32_t addr)
{
	struct sockaddr_in sin = { .sin_family = AF_INET, .sin_addr.s_addr = addr };
	struct sockaddr sa;

	memcpy(&sa, &sin, sizeof(sa));
	return sa;
}

static int interface_ioctl(unsigned long request, const char *name, uint32_t addr)
{
	struct ifreq ifr = { 0 };

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	ifr.ifr_addr = inet_sockaddr(addr);
	return ioctl(control, request, &ifr);
}

static int interface_up(const char *name)
{
	struct ifreq ifr = { 0 };

	strncpy(ifr.ifr_name, name, IFNAMSIZ - 1);
	if (ioctl(control, SIOCGIFFLAGS, &ifr))
		return -1;
	ifr.ifr_flags |= IFF_UP;
	return ioctl(control, SIOCSIFFLAGS, &ifr);
}

/* It has no other flags that one sets. */
static void loopback_up(void)
{
	struct ifreq ifr = { .ifr_name = "lo", .ifr_flags = IFF_UP };

	ioctl(control, SIOCSIFFLAGS, &ifr);
}

/* An address of 0 takes the old one away. */
int net_set_inet(const char *name, uint32_t addr, uint32_t mask)
{
	if (interface_ioctl(SIOCSIFADDR, name, addr))
		return -1;
	return addr ? interface_ioctl(SIOCSIFNETMASK, name, mask) : 0;
}

int net_add_gateway(const char *name, uint32_t gateway)
{
	struct rtentry route = {
		.rt_gateway = inet_sockaddr(gateway),
		.rt_dst = inet_sockaddr(0),
		.rt_genmask = inet_sockaddr(0),
		.rt_flags = RTF_UP | RTF_GATEWAY,
		.rt_dev = (char *)name,
	};

	return ioctl(control, SIOCADDRT, &route) && errno != EEXIST ? -1 : 0;
}

const char *inet_text(uint32_t addr)
{
	const unsigned char *b = (const unsigned char *)&addr;

	return join(decimal(b[0]), ".", decimal(b[1]), ".", decimal(b[2]), ".", decimal(b[3]),
		    NULL);
}

void net_add_nameserver(const char *addr)
{
	for (int i = 0; i < conf.nnameservers; i++) {
		if (!strcmp(conf.nameservers[i], addr))
			return;
	}
	if (conf.nnameservers < MAX_NAMESERVERS)
		conf.nameservers[conf.nnameservers++] = addr;
}

/* A read-only root gets the file laid over its own. */
static void write_resolver(void)
{
	const char *text = conf.search ? join("search ", conf.search, "\n", NULL) : "";

	if (!conf.nnameservers)
		return;
	for (int i = 0; i < conf.nnameservers; i++)
		text = join(text, "nameserver ", conf.nameservers[i], "\n", NULL);
	/* Often a link into a folder that only a running Debian has. */
	unlink("/etc/resolv.conf");
	if (!write_file("/etc/resolv.conf", text))
		return;
	if (write_file("/run/resolv.conf", text) ||
	    mount("/run/resolv.conf", "/etc/resolv.conf", NULL, MS_BIND, NULL))
		fatal("cannot write /etc/resolv.conf: ", error_name(errno), NULL);
}

static int parse_mac(const char *text, unsigned char mac[6])
{
	char *end;

	for (int i = 0; i < 6; i++, text = end + 1)
		mac[i] = strtoul(text, &end, 16);
	return *end ? -1 : 0;
}

/* The interface with this address; with none given, the first that nobody has taken. */
static int find_interface(const char *want, char name[IFNAMSIZ], unsigned char mac[6])
{
	static char taken[MAX_INDEX + 1];
	struct ifreq ifr = { 0 };
	unsigned char address[6];

	if (*want && parse_mac(want, address))
		return -1;
	for (int i = 1; i <= MAX_INDEX; i++) {
		ifr.ifr_ifindex = i;
		if (ioctl(control, SIOCGIFNAME, &ifr) || ioctl(control, SIOCGIFHWADDR, &ifr))
			continue;
		memcpy(mac, ifr.ifr_hwaddr.sa_data, 6);
		if (taken[i] || ifr.ifr_hwaddr.sa_family != ARPHRD_ETHER ||
		    (*want && memcmp(mac, address, 6)))
			continue;
		taken[i] = 1;
		memcpy(name, ifr.ifr_name, IFNAMSIZ);
		return 0;
	}
	return -1;
}

/* ADDRESS/BITS; the configuration was checked when it was compiled. */
static void configure_static(const struct net *net, const char *name)
{
	char text[INET_ADDRSTRLEN] = "";
	const char *slash = strchr(net->inet, '/');
	int bits = slash ? atoi(slash + 1) : 32;
	struct in_addr addr, gateway;

	memcpy(text, net->inet, slash && slash - net->inet < 16 ? slash - net->inet : 15);
	if (inet_pton(AF_INET, text, &addr) != 1 ||
	    net_set_inet(name, addr.s_addr, bits ? htonl(~0u << (32 - bits)) : 0))
		fatal("cannot give ", net->tag, " the address ", net->inet, ": ", error_name(errno),
		      NULL);
	if (net->gateway && (inet_pton(AF_INET, net->gateway, &gateway) != 1 ||
			     net_add_gateway(name, gateway.s_addr)))
		fatal("cannot route ", net->tag, " by way of ", net->gateway, ": ",
		      error_name(errno), NULL);
}

static int wanted(const char *what)
{
	return what && strcmp(what, "none");
}

static void configure(const struct net *net)
{
	char name[IFNAMSIZ];
	unsigned char mac[6];
	int advertisements = -1;

	if (find_interface(net->mac, name, mac))
		fatal("no network interface for ", net->tag,
		      " was found: does the image have its driver (virtio_net, e1000e)?", NULL);
	if (wanted(net->inet6))
		advertisements = net6_prepare(name);
	if (interface_up(name))
		fatal("cannot bring up ", net->tag, ": ", error_name(errno), NULL);
	if (wanted(net->inet) && strcmp(net->inet, "dhcp"))
		configure_static(net, name);
	else if (wanted(net->inet))
		dhcp_start(name, mac, net->tag);
	if (wanted(net->inet6))
		net6_configure(net, name, advertisements);
}

void net_start(void)
{
	control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (control < 0 && !conf.nnets)
		return;
	if (control < 0)
		fatal("this image has no network: bake it with a configuration that has", NULL);
	loopback_up();
	for (int i = 0; i < conf.nnets; i++)
		configure(&conf.nets[i]);
	write_resolver();
}
