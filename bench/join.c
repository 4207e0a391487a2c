// SPDX-License-Identifier: GPL-2.0
/*
 * Joins two taps, each in a network namespace: join SPACE TAP SPACE TAP. What one
 * sends the other receives, large frames with their unfinished checksums as they are.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Frames that one end may send before the other has its turn. */
enum { FRAMES_MOST = 64 };

static void need(int ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "join: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void enter(const char *space)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "/run/netns/%s", space);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	need(fd >= 0 && !setns(fd, CLONE_NEWNET), path);
	close(fd);
}

static int open_tap(const char *space, const char *name)
{
	unsigned int offload = TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN;
	struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR };
	int fd;

	enter(space);
	fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	need(fd >= 0, "/dev/net/tun");
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	need(!ioctl(fd, TUNSETIFF, &ifr) && !ioctl(fd, TUNSETOFFLOAD, offload), name);
	return fd;
}

/* What the other end does not take is lost, as on a wire. */
static void forward(int from, int to)
{
	static char frame[65536 + 64];
	ssize_t n;

	for (int i = 0; i < FRAMES_MOST; i++) {
		n = read(from, frame, sizeof(frame));
		if (n <= 0)
			return;
		n = write(to, frame, n);
	}
}

int main(int argc, char **argv)
{
	struct pollfd ends[2];

	if (argc != 5) {
		fprintf(stderr, "usage: join SPACE TAP SPACE TAP\n");
		return 2;
	}
	for (int i = 0; i < 2; i++)
		ends[i] = (struct pollfd){ .fd = open_tap(argv[1 + 2 * i], argv[2 + 2 * i]),
					   .events = POLLIN };
	for (;;) {
		need(poll(ends, 2, -1) > 0, "poll");
		for (int i = 0; i < 2; i++)
			if (ends[i].revents)
				forward(ends[i].fd, ends[!i].fd);
	}
}
