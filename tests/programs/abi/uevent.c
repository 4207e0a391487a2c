// SPDX-License-Identifier: GPL-2.0
/* Who listens is told what becomes of devices, also of one that came before (man 7 netlink). */
#include <errno.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include "check.h"

#define RENAMED	 "loop9"
#define EXPECTED "move@/devices/virtual/net/" RENAMED

enum { PATIENCE_MS = 5000 };

static int listen_to_events(void)
{
	struct sockaddr_nl all = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT);

	check("a socket for events", fd >= 0 && !bind(fd, (struct sockaddr *)&all, sizeof(all)),
	      "%m");
	return fd;
}

static int rename_interface(const char *from, const char *to)
{
	struct ifreq ifr = { 0 };
	int fd = socket(AF_INET, SOCK_DGRAM, 0), err;

	strcpy(ifr.ifr_name, from);
	strcpy(ifr.ifr_newname, to);
	err = ioctl(fd, SIOCSIFNAME, &ifr);
	close(fd);
	return err;
}

/* The first line of the next event; empty: none came. */
static const char *next_event(int fd)
{
	static char text[4096];
	struct pollfd p = { .fd = fd, .events = POLLIN };

	memset(text, 0, sizeof(text));
	if (poll(&p, 1, PATIENCE_MS) == 1 && recv(fd, text, sizeof(text) - 1, 0) < 0)
		strcpy(text, strerror(errno));
	return text;
}

int main(void)
{
	int fd = listen_to_events();
	const char *event;

	check("an interface gets another name", !rename_interface("lo", RENAMED), "%m");
	event = next_event(fd);
	check("the event says so", !strcmp(event, EXPECTED), "'%s'", event);
	close(fd);
	check("nobody listens: it works all the same", !rename_interface(RENAMED, "lo"), "%m");
	return check_done();
}
