/* SPDX-License-Identifier: GPL-2.0 */
/* The wire format (doc/sysproxy.md): numbers, low byte first, and frames. */
#ifndef RUMPRUN_SYSPROXY_WIRE_H
#define RUMPRUN_SYSPROXY_WIRE_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
	WIRE_VERSION = 1,
	FRAME_HEADER = 8,
	/* The most that one call may carry each way, and what a frame may need around it. */
	DATA_MOST = 1 << 20,
	FRAME_MOST = DATA_MOST + (1 << 16),
	STRING_MOST = 4096,
	TASKS_MOST = 1024,
	MESSAGE_SIZE = 256,
};

enum frame_type {
	FRAME_HELLO = 1,     /* to the server: version */
	FRAME_WELCOME = 2,   /* from it: version, policy */
	FRAME_REFUSED = 3,   /* from it: a text; the end of the session */
	FRAME_CALL = 4,	     /* to the server: call, task, number, six arguments, blocks */
	FRAME_REPLY = 5,     /* from it: call, result, blocks */
	FRAME_INTERRUPT = 6, /* to the server: call */
	FRAME_TASK = 7,	     /* to the server: parent, new task, whether they share folders */
	FRAME_END = 8,	     /* to the server: task */
};

/* Flags of a call. */
enum { CALL_SILENT = 1 }; /* nobody waits for the reply: none is sent */

struct frame {
	uint8_t type;
	const uint8_t *data;
	uint32_t size;
};

/* A growing buffer. When memory is short it says so by "failed", and takes no more. */
struct buffer {
	uint8_t *data;
	size_t size, room;
	bool failed;
};

/* Room for size bytes, or NULL. */
void *buffer_add(struct buffer *b, size_t size);
void buffer_free(struct buffer *b);

static inline void put_u32(struct buffer *b, uint32_t v)
{
	void *p = buffer_add(b, sizeof(v));

	v = htole32(v);
	if (p)
		memcpy(p, &v, sizeof(v));
}

static inline void put_u64(struct buffer *b, uint64_t v)
{
	void *p = buffer_add(b, sizeof(v));

	v = htole64(v);
	if (p)
		memcpy(p, &v, sizeof(v));
}

static inline void put_bytes(struct buffer *b, const void *data, size_t size)
{
	void *p = buffer_add(b, size);

	if (p && size)
		memcpy(p, data, size);
}

/* Begin a frame; frame_finish writes its size into the header when it is complete. */
size_t frame_begin(struct buffer *b, enum frame_type type);
void frame_finish(struct buffer *b, size_t begin);

/* A place in what was received. Reading beyond the end gives zeros and makes it "bad". */
struct cursor {
	const uint8_t *p, *end;
	bool bad;
};

static inline const uint8_t *get_bytes(struct cursor *c, size_t size)
{
	const uint8_t *p = c->p;

	if (c->bad || size > (size_t)(c->end - c->p)) {
		c->bad = true;
		return NULL;
	}
	c->p += size;
	return p;
}

static inline uint32_t get_u32(struct cursor *c)
{
	const uint8_t *p = get_bytes(c, sizeof(uint32_t));
	uint32_t v = 0;

	if (p)
		memcpy(&v, p, sizeof(v));
	return le32toh(v);
}

static inline uint64_t get_u64(struct cursor *c)
{
	const uint8_t *p = get_bytes(c, sizeof(uint64_t));
	uint64_t v = 0;

	if (p)
		memcpy(&v, p, sizeof(v));
	return le64toh(v);
}

/* 1: a whole frame lies at the front of the data; 0: more is needed; -1: this is no frame. */
int frame_parse(const uint8_t *data, size_t size, struct frame *frame);

#endif
