/* SPDX-License-Identifier: GPL-2.0 */
/*
 * librumpclient: system calls that a running unikernel executes.
 *
 * The unikernel must have been baked with the component sysproxy, and started with --sysproxy.
 * Link with -lrumpclient -lssl -lcrypto.
 *
 *	struct rumpclient *c = rumpclient_open("tcp:127.0.0.1:9000", key, sizeof(key));
 *	int fd = rumpclient_syscall(c, SYS_open, "/proc/version", O_RDONLY);
 *	long n = rumpclient_syscall(c, SYS_read, fd, buf, sizeof(buf));
 *	rumpclient_close(c);
 *
 * A client is one session: descriptors, folder and credentials are its own, and go with it. Its
 * calls are made one after the other, whichever thread makes them; for calls that wait at the same
 * time, open a client for each.
 */
#ifndef RUMPCLIENT_H
#define RUMPCLIENT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct rumpclient;

/*
 * Connect to tcp:HOST:PORT, unix:PATH, vsock:CID:PORT or console:PATH. The key has 16 to 256
 * bytes; NULL for a server that asks for none (which tcp does not allow). NULL if it fails: then
 * rumpclient_error() says why.
 */
struct rumpclient *rumpclient_open(const char *address, const void *key, size_t key_size);

/* What the calling thread's last rumpclient_open() failed of. */
const char *rumpclient_error(void);

/*
 * As syscall(2): the arguments are those of the system call, pointers lead into the caller's own
 * memory, descriptors are those that earlier calls of this client returned. Returns the result,
 * or -1 with errno set; ENOSYS for a call that cannot travel (mmap, fork), ECONNRESET once the
 * connection is lost. Of a read or write of more than 1 MiB the first 1 MiB is done.
 */
long rumpclient_syscall(struct rumpclient *c, long number, ...);

/* The connection's descriptor, to be watched for its end; nothing must be read from it. */
int rumpclient_fd(const struct rumpclient *c);

void rumpclient_close(struct rumpclient *c);

#ifdef __cplusplus
}
#endif

#endif
