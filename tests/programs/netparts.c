// SPDX-License-Identifier: GPL-2.0
/* Says which of the optional parts of a kernel with a network are there. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/ethtool.h>
#include <linux/if_link.h>
#include <linux/keyctl.h>
#include <linux/netlink.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static void report(const char *what, long result)
{
	printf("%s %s\n", what, result >= 0 ? "yes" : strerrorname_np(errno));
}

static long has_link(void)
{
	struct ethtool_value value = { .cmd = ETHTOOL_GLINK };
	struct ifreq request = { .ifr_name = "lo", .ifr_data = (void *)&value };

	return ioctl(socket(AF_INET, SOCK_DGRAM, 0), SIOCETHTOOL, &request);
}

static long add_key(void)
{
	return syscall(SYS_add_key, "user", "name", "secret", 6L, KEY_SPEC_PROCESS_KEYRING);
}

/* A next hop that drops everything; the kernel's answer is an error number. */
static long add_nexthop(void)
{
	struct {
		struct nlmsghdr header;
		struct nhmsg hop;
		struct nlattr id;
		unsigned int number;
		struct nlattr blackhole;
	} request = {
		.header = { .nlmsg_len = sizeof(request),
			    .nlmsg_type = RTM_NEWNEXTHOP,
			    .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL },
		.hop = { .nh_family = AF_INET },
		.id = { .nla_len = sizeof(struct nlattr) + sizeof(int), .nla_type = NHA_ID },
		.number = 1,
		.blackhole = { .nla_len = sizeof(struct nlattr), .nla_type = NHA_BLACKHOLE },
	};
	struct {
		struct nlmsghdr header;
		struct nlmsgerr error;
		char rest[1024];
	} answer;
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);

	if (send(fd, &request, sizeof(request), 0) < 0 || recv(fd, &answer, sizeof(answer), 0) < 0)
		return -1;
	errno = -answer.error.error;
	return errno ? -1 : 0;
}

int main(void)
{
	report("ethtool", has_link());
	report("keys", add_key());
	report("nexthop", add_nexthop());
	return 0;
}
