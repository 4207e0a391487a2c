// SPDX-License-Identifier: GPL-2.0
/*
 * Reading only is kept twice: the calls that change something are refused here, and the session
 * has no capability by which the others could (netlink takes changes by messages, for one).
 */
#include "policy.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

const char *policy_allow(struct policy *p, const char *names)
{
	static char name[64];

	p->listed = true;
	p->allow[SYS_close] = true;
	while (*names) {
		size_t n = strcspn(names, ",");
		const struct call *call;

		memcpy(name, names, n < sizeof(name) ? n : sizeof(name) - 1);
		name[n < sizeof(name) ? n : sizeof(name) - 1] = '\0';
		call = call_named(name);
		if (!call)
			return name;
		p->allow[call->nr] = true;
		names += n + (names[n] == ',');
	}
	return NULL;
}

int policy_enter(const struct policy *p)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };
	const uint64_t keep =
		1ull << CAP_DAC_READ_SEARCH | 1ull << CAP_SYS_PTRACE | 1ull << CAP_SYSLOG;

	if (!p->read_only)
		return 0;
	if (syscall(SYS_capget, &header, data))
		return -1;
	for (int i = 0; i < 2; i++) {
		data[i].permitted &= keep >> 32 * i;
		data[i].effective = data[i].permitted;
		data[i].inheritable = 0;
	}
	return syscall(SYS_capset, &header, data) ? -1 : 0;
}

static bool changes_file(uint64_t flags)
{
	if (flags & O_PATH)
		return false;
	return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
}

/* Questions to the kernel go over netlink sockets; what goes over others is somebody's business. */
static bool speaks(int fd)
{
	struct stat st;
	int domain = 0;
	socklen_t size = sizeof(domain);

	if (fstat(fd, &st) || !S_ISSOCK(st.st_mode))
		return false;
	return getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) || domain != AF_NETLINK;
}

/*
 * The older ones are known one by one. Of the newer ones those that give back a number: a larger
 * structure may hold pointers, through which the kernel would write wherever a client wants to.
 */
static int check_ioctl(uint32_t request)
{
	if (!(request & ~0xffffu))
		return 0;
	return _IOC_DIR(request) == _IOC_READ && _IOC_SIZE(request) <= sizeof(uint64_t) ? 0 : EPERM;
}

static int check_look(const struct request *r)
{
	switch (r->nr) {
	case SYS_open:
		return changes_file(r->args[1]) ? EROFS : 0;
	case SYS_openat:
		return changes_file(r->args[2]) ? EROFS : 0;
	case SYS_bind:
	case SYS_connect:
	case SYS_sendto:
	case SYS_sendmsg:
	case SYS_write:
	case SYS_writev:
	case SYS_pwrite64:
	case SYS_pwritev:
	case SYS_pwritev2:
		return speaks(r->args[0]) ? EPERM : 0;
	}
	return r->call->flags & CALL_LOOK ? 0 : r->nr == SYS_syslog ? 0 : EPERM;
}

int policy_check(const struct policy *p, const struct request *r)
{
	if (p->listed && !(r->nr < POLICY_NUMBERS && p->allow[r->nr]))
		return EPERM;
	if ((p->listed || p->read_only) && r->nr == SYS_ioctl && check_ioctl(r->args[1]))
		return EPERM;
	return p->read_only ? check_look(r) : 0;
}
