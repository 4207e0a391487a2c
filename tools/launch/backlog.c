// SPDX-License-Identifier: GPL-2.0
/*
 * Room for those who wait at a port. User networking (libslirp) listens with a backlog of 1: of 200
 * clients that come at once, most lose their SYN and repeat it seconds later, again and again.
 * listen(2) may be called anew on a listening socket; QEMU, whose sockets they are, is our child.
 */
#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "guest.h"

static int socket_option(int fd, int name)
{
	int value = 0;
	socklen_t size = sizeof(value);

	return getsockopt(fd, SOL_SOCKET, name, &value, &size) ? 0 : value;
}

static bool listens_to_tcp(int fd)
{
	return socket_option(fd, SO_ACCEPTCONN) && socket_option(fd, SO_PROTOCOL) == IPPROTO_TCP;
}

/* Return 0, or the error that keeps us from taking QEMU's descriptors (ptrace_scope, seccomp). */
static int widen_all(int pidfd, DIR *fds)
{
	struct dirent *entry;
	int fd;

	while ((entry = readdir(fds))) {
		if (entry->d_name[0] == '.')
			continue;
		fd = syscall(SYS_pidfd_getfd, pidfd, atoi(entry->d_name), 0);
		if (fd < 0 && errno != EBADF)
			return errno;
		if (fd < 0)
			continue;
		if (listens_to_tcp(fd))
			listen(fd, SOMAXCONN);
		close(fd);
	}
	return 0;
}

void ports_widen(const struct guest *guest)
{
	int pidfd = syscall(SYS_pidfd_open, guest->qemu, 0), err;
	char *path = xasprintf("/proc/%d/fd", guest->qemu);
	DIR *fds = opendir(path);

	err = pidfd < 0 || !fds ? errno : widen_all(pidfd, fds);
	if (err && guest->opt->verbose)
		say("clients that come at once may wait long at a port: "
		    "QEMU's sockets cannot be reached: %s",
		    strerror(err));
	if (fds)
		closedir(fds);
	if (pidfd >= 0)
		close(pidfd);
	free(path);
}
