// SPDX-License-Identifier: GPL-2.0
/*
 * A Unix datagram socket on which two guests meet. The process has it, and is not held up by a peer
 * that is not there: what it sends is lost, as on a cable that leads nowhere. A child of ours that
 * shares the socket connects it, again each time the peer makes its own anew.
 */
#include <errno.h>
#include <libgen.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "proc.h"
#include "unix_socket.h"

/* While the peer is there, but has not let go of its own earlier one. */
enum { RETRY_MS = 100 };

static struct unix_socket local;

static _Noreturn void end(int signal)
{
	(void)signal;
	unix_unlink(&local);
	_exit(0);
}

static bool is_connected(void)
{
	struct sockaddr_un address;
	socklen_t size = sizeof(address);

	return !getpeername(local.fd, (struct sockaddr *)&address, &size);
}

/* Which file it was does not matter: to be connected twice does no harm. */
static void forget_events(int fd)
{
	char events[4096];

	while (read(fd, events, sizeof(events)) > 0)
		continue;
}

/*
 * That a peer has gone shows only when something is sent to it; that another one is there, by its
 * file. That one is refused by our socket until this is connected to it: each side tries again.
 */
static _Noreturn void keep_connected(const struct sockaddr_un *peer, int folder)
{
	struct pollfd pfd = { folder, POLLIN, 0 };
	bool fresh = true;

	for (;;) {
		if (fresh || !is_connected())
			connect(local.fd, (const struct sockaddr *)peer, sizeof(*peer));
		fresh = poll(&pfd, 1, RETRY_MS) > 0;
		if (fresh)
			forget_events(folder);
	}
}

static int watch_folder(const char *what, const char *path)
{
	int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	char *copy = xstrdup(path), *folder = dirname(copy);

	if (fd < 0 || inotify_add_watch(fd, folder, IN_CREATE | IN_MOVED_TO | IN_ONLYDIR) < 0)
		quit(STATUS_SYSTEM, "%s: %s: %s", what, folder, strerror(errno));
	free(copy);
	return fd;
}

int frame_socket_open(const char *what, const char *path, const char *peer_path)
{
	pid_t parent = getpid(), pid;
	struct sockaddr_un peer;
	int folder;

	unix_address(what, peer_path, &peer);
	folder = watch_folder(what, peer_path);
	unix_bind(what, path, SOCK_DGRAM, &local);
	pid = fork();
	if (!pid) {
		unix_serve("rumprun-frames", local.fd, folder, parent, end);
		keep_connected(&peer, folder);
	}
	if (pid < 0)
		quit(STATUS_SYSTEM, "cannot make a process: %s", strerror(errno));
	close(folder);
	return local.fd;
}
