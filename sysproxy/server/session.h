/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One client: a process of its own, so that its descriptors are its own and all of it ends with
 * the connection. Each of the client's threads is a task here: a thread with its own credentials,
 * folder and mask, which executes that thread's calls in their order.
 */
#ifndef RUMPRUN_SYSPROXY_SESSION_H
#define RUMPRUN_SYSPROXY_SESSION_H

#include "link.h"
#include "policy.h"

#include <pthread.h>

enum {
	HANDSHAKE_MS = 30000,
	/* Bytes of calls that wait for their task. */
	QUEUE_MOST = 16 << 20,
};

struct session {
	struct link link;
	const struct policy *policy;
	/* The tasks and their queues. */
	pthread_mutex_t lock;
	/* The link, which a thread reads from and all write to. Taken behind the other one. */
	pthread_mutex_t link_lock;
};

/* The status is a descriptor to be closed when the client is known, or -1. Does not come back. */
_Noreturn void session_run(int fd, int status, const struct key *key, const struct policy *policy);
/* What a task has to say. */
void session_send(struct session *s, const struct buffer *b);

/* task.c: all but the first are called with the session's lock held. */
void tasks_start(struct session *s);
/* A call's data, which are copied. -1 if they make no sense. */
int tasks_call(const uint8_t *data, size_t size);
int tasks_new(uint32_t parent, uint32_t id, bool share);
int tasks_end(uint32_t id);
void tasks_interrupt(uint32_t call);
/* Break off what was interrupted, again and again; whether there is anything. */
bool tasks_remind(void);

#endif
