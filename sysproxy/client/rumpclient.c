// SPDX-License-Identifier: GPL-2.0
#include "rumpclient.h"
#include "encode.h"
#include "session.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct rumpclient {
	struct link link;
	pthread_mutex_t lock;
	uint32_t calls;
	bool lost;
};

static _Thread_local char why[WHY_SIZE];

struct rumpclient *rumpclient_open(const char *address, const void *key, size_t key_size)
{
	struct rumpclient *c = calloc(1, sizeof(*c));
	struct key k = { .size = key_size };

	if (!c || (key && (key_size < KEY_LEAST || key_size > KEY_MOST))) {
		snprintf(why, sizeof(why), "%s", c ? "a key has 16 to 256 bytes" : "out of memory");
		free(c);
		return NULL;
	}
	if (key)
		memcpy(k.data, key, key_size);
	pthread_mutex_init(&c->lock, NULL);
	if (!session_open(&c->link, address, key ? &k : NULL, why))
		return c;
	free(c);
	return NULL;
}

const char *rumpclient_error(void)
{
	return why;
}

/* Replies come in the order of the calls, as there is one task. */
static int64_t await_reply(struct rumpclient *c, const struct call *call, const uint64_t *args)
{
	struct frame f;
	struct cursor reply;
	int n;

	while ((n = link_next(&c->link, &f)) == 0) {
		if (wait_ready(c->link.fd, POLLIN, -1) || link_fill(&c->link))
			break;
	}
	reply = (struct cursor){ .p = f.data, .end = f.data + f.size };
	if (n > 0 && f.type == FRAME_REPLY && get_u32(&reply) == c->calls)
		return call_finish(call, args, &own_memory, &reply);
	c->lost = true;
	return -ECONNRESET;
}

static int64_t exchange(struct rumpclient *c, const struct call *call, uint64_t *args)
{
	struct call_ids ids = { .id = ++c->calls };
	struct buffer out = { 0 };
	int64_t result;

	if (c->lost)
		return -ECONNRESET;
	result = call_encode(call, &ids, args, &own_memory, &out);
	if (!result && link_write(&c->link, out.data, out.size)) {
		c->lost = true;
		result = -ECONNRESET;
	}
	buffer_free(&out);
	return result ? result : await_reply(c, call, args);
}

long rumpclient_syscall(struct rumpclient *c, long number, ...)
{
	const struct call *call = call_find(number);
	uint64_t args[CALL_ARGS] = { 0 };
	int64_t result;
	va_list ap;

	if (!call) {
		errno = ENOSYS;
		return -1;
	}
	va_start(ap, number);
	for (int i = 0; i < call_count(call); i++)
		args[i] = va_arg(ap, unsigned long);
	va_end(ap);
	pthread_mutex_lock(&c->lock);
	result = exchange(c, call, args);
	pthread_mutex_unlock(&c->lock);
	if (result >= 0)
		return result;
	errno = -result;
	return -1;
}

int rumpclient_fd(const struct rumpclient *c)
{
	return c->link.fd;
}

void rumpclient_close(struct rumpclient *c)
{
	if (!c)
		return;
	session_shut(&c->link);
	pthread_mutex_destroy(&c->lock);
	free(c);
}
