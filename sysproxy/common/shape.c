// SPDX-License-Identifier: GPL-2.0
/*
 * What ioctl and fcntl requests take. Newer ioctl numbers say it themselves (asm-generic/ioctl.h);
 * the older ones are listed here, with the sizes of their structures on x86_64.
 */
#include "calls.h"

#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/fs.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <net/route.h>
#include <sys/ioctl.h>

struct old_request {
	uint16_t first, last;
	uint16_t in, out;
	bool value;
};

enum { IFREQ = sizeof(struct ifreq), ARPREQ = sizeof(struct arpreq), TERMIOS = 36 };

static const struct old_request old_requests[] = {
	{ TCGETS, TCGETS, 0, TERMIOS, false },
	{ TCSETS, TCSETSF, TERMIOS, 0, false },
	{ TCSBRK, TCFLSH, 0, 0, true },
	{ TIOCEXCL, TIOCNXCL, 0, 0, true },
	{ TIOCGPGRP, TIOCGPGRP, 0, 4, false },
	{ TIOCSPGRP, TIOCSPGRP, 4, 0, false },
	{ TIOCOUTQ, TIOCOUTQ, 0, 4, false },
	{ TIOCGWINSZ, TIOCGWINSZ, 0, 8, false },
	{ TIOCSWINSZ, TIOCSWINSZ, 8, 0, false },
	{ TIOCMGET, TIOCMGET, 0, 4, false },
	{ TIOCMBIS, TIOCMSET, 4, 0, false },
	{ FIONREAD, FIONREAD, 0, 4, false },
	{ FIONBIO, FIONBIO, 4, 0, false },
	{ TIOCNOTTY, TIOCNOTTY, 0, 0, true },
	{ TIOCGETD, TIOCGETD, 0, 4, false },
	{ TIOCGSID, TIOCGSID, 0, 4, false },
	{ FIONCLEX, FIOCLEX, 0, 0, true },
	{ FIOASYNC, FIOASYNC, 4, 0, false },
	{ SIOCGPGRP, SIOCGPGRP, 0, 4, false },
	{ SIOCGSTAMP_OLD, SIOCGSTAMPNS_OLD, 0, 16, false },
	{ SIOCGIFNAME, SIOCGIFNAME, IFREQ, IFREQ, false },
	{ SIOCSIFLINK, SIOCSIFLINK, 0, 0, true },
	{ SIOCGIFFLAGS, SIOCGIFHWADDR, IFREQ, IFREQ, false },
	{ SIOCGIFSLAVE, SIOCSIFHWBROADCAST, IFREQ, IFREQ, false },
	{ SIOCGIFTXQLEN, SIOCSIFTXQLEN, IFREQ, IFREQ, false },
	{ SIOCDARP, SIOCSARP, ARPREQ, ARPREQ, false },
	{ SIOCGIFMAP, SIOCSIFMAP, IFREQ, IFREQ, false },
	{ SIOCBRADDBR, SIOCBRDELBR, IFNAMSIZ, 0, false },
	{ SIOCBRADDIF, SIOCBRDELIF, IFREQ, IFREQ, false },
	{ BLKROSET & 0xffff, BLKROSET & 0xffff, 4, 0, false },
	{ BLKROGET & 0xffff, BLKROGET & 0xffff, 0, 4, false },
	{ BLKRRPART & 0xffff, BLKRRPART & 0xffff, 0, 0, true },
	{ BLKGETSIZE & 0xffff, BLKGETSIZE & 0xffff, 0, 8, false },
	{ BLKFLSBUF & 0xffff, BLKFLSBUF & 0xffff, 0, 0, true },
	{ BLKRAGET & 0xffff, BLKRAGET & 0xffff, 0, 8, false },
	{ BLKSSZGET & 0xffff, BLKSSZGET & 0xffff, 0, 4, false },
	{ BLKPBSZGET & 0xffff, BLKPBSZGET & 0xffff, 0, 4, false },
	{ BLKIOMIN & 0xffff, BLKIOOPT & 0xffff, 0, 4, false },
	{ BLKALIGNOFF & 0xffff, BLKALIGNOFF & 0xffff, 0, 4, false },
	{ BLKROTATIONAL & 0xffff, BLKROTATIONAL & 0xffff, 0, 2, false },
};

static bool shape_old(uint32_t request, struct shape *shape)
{
	for (size_t i = 0; i < sizeof(old_requests) / sizeof(*old_requests); i++) {
		const struct old_request *r = &old_requests[i];

		if (request < r->first || request > r->last)
			continue;
		*shape = (struct shape){ .pointer = !r->value, .in = r->in, .out = r->out };
		return true;
	}
	return false;
}

/* A size that the kernel takes for another: FS_IOC_GETFLAGS says long, and means int. */
static uint32_t true_size(uint32_t request)
{
	return request == FS_IOC_GETFLAGS || request == FS_IOC_SETFLAGS ? 4 : _IOC_SIZE(request);
}

bool shape_ioctl(uint64_t wide, struct shape *shape)
{
	uint32_t request = wide;

	*shape = (struct shape){ 0 };
	switch (request) {
	case SIOCGIFCONF:
		*shape = (struct shape){ .pointer = true, .nest = NEST_IFCONF };
		return true;
	case SIOCADDRT:
	case SIOCDELRT:
		*shape = (struct shape){ .pointer = true,
					 .in = sizeof(struct rtentry) + IFNAMSIZ,
					 .nest = NEST_ROUTE };
		return true;
	}
	if (request == SIOCETHTOOL) {
		*shape = (struct shape){ .pointer = true, .nest = NEST_ETHTOOL };
		return true;
	}
	if (!(request & ~0xffffu))
		return shape_old(request, shape);
	if (_IOC_DIR(request) == _IOC_NONE || !_IOC_SIZE(request))
		return false;
	shape->pointer = true;
	/* What is only filled in by the kernel is not always filled in whole. */
	shape->in = shape->out = true_size(request);
	if (!(_IOC_DIR(request) & _IOC_READ))
		shape->out = 0;
	return true;
}

uint32_t ethtool_size(uint32_t command)
{
	switch (command) {
	case ETHTOOL_GSET:
	case ETHTOOL_SSET:
		return sizeof(struct ethtool_cmd);
	case ETHTOOL_GDRVINFO:
		return sizeof(struct ethtool_drvinfo);
	case ETHTOOL_GRINGPARAM:
		return sizeof(struct ethtool_ringparam);
	case ETHTOOL_GCHANNELS:
		return sizeof(struct ethtool_channels);
	case ETHTOOL_GET_TS_INFO:
		return sizeof(struct ethtool_ts_info);
	case ETHTOOL_GLINK:
	case ETHTOOL_GRXCSUM:
	case ETHTOOL_GTXCSUM:
	case ETHTOOL_GSG:
	case ETHTOOL_GTSO:
	case ETHTOOL_GUFO:
	case ETHTOOL_GGSO:
	case ETHTOOL_GGRO:
	case ETHTOOL_GFLAGS:
		return sizeof(struct ethtool_value);
	}
	return 0;
}

bool shape_fcntl(uint64_t command, struct shape *shape)
{
	*shape = (struct shape){ 0 };
	switch (command) {
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
	case F_OFD_GETLK:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
		*shape = (struct shape){ .pointer = true,
					 .in = sizeof(struct flock),
					 .out = sizeof(struct flock) };
		return true;
	case F_GETFL:
	case F_SETFL:
	case F_GETPIPE_SZ:
	case F_SETPIPE_SZ:
	case F_ADD_SEALS:
	case F_GET_SEALS:
	case F_GETSIG:
	case F_SETSIG:
	case F_GETOWN:
	case F_NOTIFY:
	case F_GETLEASE:
	case F_SETLEASE:
		return true;
	}
	return false;
}
