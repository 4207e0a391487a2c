/* SPDX-License-Identifier: GPL-2.0 */
/* TLS over memory: bytes of the connection on one side, bytes of frames on the other. */
#ifndef RUMPRUN_SYSPROXY_TLS_H
#define RUMPRUN_SYSPROXY_TLS_H

#include "key.h"

#include <stdbool.h>
#include <stddef.h>

struct tls;

/* Takes all that is to be sent over the connection, and keeps none of it. 0 or -1. */
typedef int tls_send(void *arg, const void *data, size_t size);

struct tls *tls_new(const struct key *key, bool server, tls_send *send, void *arg);
void tls_free(struct tls *t);

/* What came over the connection. */
int tls_receive(struct tls *t, const void *data, size_t size);

/* 1: done; 0: more has to be received; -1: refused, by this end or the other. */
int tls_handshake(struct tls *t);
/* As read and write: the number of bytes; 0: more has to be received; -1: the end. */
long tls_read(struct tls *t, void *data, size_t size);
int tls_write(struct tls *t, const void *data, size_t size);

#endif
