// SPDX-License-Identifier: GPL-2.0
/* Network interfaces of a process: a tap, a socket, a descriptor that is there, or passt. */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "document.h"
#include "proc.h"
#include "sysproxy.h"

/* As in platform/proc/net.c */
enum kind { FRAMES, FRAMES_WITH_HEADER, STREAM, VSOCK, PASST };

static int ninterfaces;

static int open_tap(const char *tag, const char *options)
{
	unsigned int offload = TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN;
	struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR };
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC), header = 10;
	char *name = list_value(options, "ifname");

	if (!name || strlen(name) >= sizeof(ifr.ifr_name))
		quit(STATUS_USAGE,
		     "interface %s: a tap needs its name, as in -I %s,virtio,tap,"
		     "ifname=tap0",
		     tag, tag);
	if (fd < 0)
		quit(STATUS_SYSTEM, "/dev/net/tun: %s", strerror(errno));
	strcpy(ifr.ifr_name, name);
	if (ioctl(fd, TUNSETIFF, &ifr))
		quit(STATUS_SYSTEM,
		     "tap interface %s: %s; as root: ip tuntap add dev %s mode tap "
		     "user %s",
		     name, strerror(errno), name, getenv("USER") ?: "NAME");
	if (ioctl(fd, TUNSETVNETHDRSZ, &header) || ioctl(fd, TUNSETOFFLOAD, offload))
		quit(STATUS_SYSTEM, "tap interface %s: %s", name, strerror(errno));
	free(name);
	return fd;
}

/* The paths stay: the child that connects the socket has them. */
static int open_socket(const char *tag, const char *options)
{
	char *local = list_value(options, "local"), *peer = list_value(options, "peer");

	if (!local || !peer)
		quit(STATUS_USAGE,
		     "interface %s: a socket needs two paths, as in -I %s,virtio,socket,"
		     "local=/tmp/a,peer=/tmp/b (and the other way round in the other guest)",
		     tag, tag);
	return frame_socket_open(xasprintf("interface %s", tag), local, peer);
}

/* What a descriptor that we were given is. */
static enum kind kind_of(int fd, const char *tag)
{
	struct ifreq ifr = { 0 };
	int type;
	socklen_t size = sizeof(type);

	if (!ioctl(fd, TUNGETIFF, &ifr))
		return ifr.ifr_flags & IFF_VNET_HDR ? FRAMES_WITH_HEADER : FRAMES;
	if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size))
		quit(STATUS_USAGE, "interface %s: descriptor %d is neither a tap nor a socket", tag,
		     fd);
	return type == SOCK_STREAM ? STREAM : FRAMES;
}

static int given_descriptor(const char *tag, const char *options)
{
	char *text = list_value(options, "fd");
	int fd = text ? atoi(text) : -1;

	if (fd < 3 || fcntl(fd, F_GETFD) < 0)
		quit(STATUS_USAGE,
		     "interface %s: it needs an open descriptor, as in -I %s,virtio,"
		     "fd,fd=7",
		     tag, tag);
	free(text);
	return fd;
}

static void add_word(struct strv *words, int fd, const char *mac, enum kind kind)
{
	char hex[13] = "";

	for (size_t n = 0; *mac && n < 12; mac++)
		if (*mac != ':')
			hex[n++] = *mac | (*mac >= 'A' ? 0x20 : 0);
	close_on_exec(fd, false);
	strv_addf(words, "rump.net%d=%d,%s,%d", ninterfaces++, fd, hex, kind);
}

void proc_interfaces(const struct guest *guest, struct strv *words)
{
	bool user_seen = false;
	const json_t *net;
	size_t i;

	json_array_foreach (json_object_get(guest->doc, "interfaces"), i, net) {
		const char *backend = document_string(net, "backend", "user");
		const char *tag = document_string(net, "tag", ""), *mac;
		const char *options = document_string(net, "options", "");
		enum kind kind = FRAMES;
		int fd;

		mac = document_string(net, "mac", "");
		if (!strcmp(backend, "tap")) {
			fd = open_tap(tag, options);
			kind = FRAMES_WITH_HEADER;
		} else if (!strcmp(backend, "socket")) {
			fd = open_socket(tag, options);
		} else if (!strcmp(backend, "fd")) {
			fd = given_descriptor(tag, options);
			kind = kind_of(fd, tag);
		} else {
			fd = passt_start(guest, !user_seen);
			kind = PASST;
			user_seen = true;
		}
		add_word(words, fd, mac, kind);
	}
	if (sysproxy_socket(guest))
		add_word(words, vsock_relay_start(sysproxy_socket(guest), false), "", VSOCK);
}
