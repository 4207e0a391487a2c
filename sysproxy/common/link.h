/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A connection that frames go over: a byte stream, encrypted and authenticated by TLS 1.3 with a
 * pre-shared key if there is one (RFC 8446, psk_dhe_ke, no early data, no tickets).
 */
#ifndef RUMPRUN_SYSPROXY_LINK_H
#define RUMPRUN_SYSPROXY_LINK_H

#include "key.h"
#include "wire.h"

struct tls;

struct link {
	int fd;
	bool server;
	struct tls *tls;
	struct buffer in, out;
	size_t done; /* of what came in: taken already */
};

/*
 * The connection does not block from here on. With a key: shake hands, which must not take longer
 * than so many milliseconds. Returns 0, or -1 with the reason in *why, a constant; -2 if it is that
 * the other end has another key.
 */
int link_open(struct link *l, int fd, const struct key *key, bool server, int timeout_ms,
	      const char **why);
/* Does not close the descriptor. */
void link_close(struct link *l);

/* Take what has come in, without waiting. -1: the other end is gone. */
int link_fill(struct link *l);
/* The next whole frame, good until the next call: 1; 0: none is there; -1: garbage. */
int link_next(struct link *l, struct frame *frame);
/* Write all of it, waiting if need be. -1: the other end is gone. */
int link_write(struct link *l, const void *data, size_t size);

/* Milliseconds of the monotonic clock. */
long now_ms(void);
/* Wait until the descriptor is ready, or so many ms have passed. 0 or -1. */
int wait_ready(int fd, short events, int timeout_ms);
/* Without a SIGPIPE; as write(2) otherwise. */
long write_some(int fd, const void *data, size_t size);

#endif
