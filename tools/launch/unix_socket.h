/* SPDX-License-Identifier: GPL-2.0 */
/* Unix sockets of the host at paths that the user names, and the children that serve them. */
#ifndef RUMPRUN_UNIX_SOCKET_H
#define RUMPRUN_UNIX_SOCKET_H

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

struct unix_socket {
	const char *path;
	int fd;
	/* What lies at the path is ours while it is the same file. */
	dev_t device;
	ino_t inode;
};

/* what, the option, begins each message. Does not come back when the path is too long. */
void unix_address(const char *what, const char *path, struct sockaddr_un *address);
/*
 * Bind a socket of the type to the path, in the place of one that an earlier guest left behind.
 * Does not come back when the path is anything else, or when somebody is at that socket.
 */
void unix_bind(const char *what, const char *path, int type, struct unix_socket *s);
/* Remove the path, unless it has become somebody else's. A signal's handler may call it. */
void unix_unlink(const struct unix_socket *s);

/*
 * Called first in a child that serves one guest: it gets the name, keeps of all descriptors but
 * these two (the same one twice for one), and hears of our end by SIGTERM.
 */
void unix_serve(const char *name, int one, int other, pid_t parent, void (*end)(int signal));

#endif
