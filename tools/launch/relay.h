/* SPDX-License-Identifier: GPL-2.0 */
/* Bytes on their way: queues towards descriptors, frames out of a stream, the log's tail. */
#ifndef RUMPRUN_RELAY_H
#define RUMPRUN_RELAY_H

#include <stdbool.h>
#include <stddef.h>

/* A queue towards a descriptor that must not block us. */
struct sink {
	int fd;
	/* Nothing can be written any more. */
	bool broken;
	/* Why, if not because nobody reads; else 0. */
	int error;
	char *data;
	size_t size;
};

enum { SINK_FULL = 65536 };

void sink_put(struct sink *sink, const void *data, size_t size);
/* To be called when the descriptor is writable; writes no more than a pipe takes at once. */
void sink_flush(struct sink *sink);

/* Frames between init and us; doc/config.md describes them. */
enum { FRAME_HEADER = 5, FRAME_PAYLOAD = 16384, FRAME_WINDOW = 32768 };

struct frames {
	unsigned char data[FRAME_HEADER + FRAME_PAYLOAD];
	size_t size;
};

struct frame_user {
	void (*frame)(void *user, char type, const unsigned char *data, size_t size);
	/* What lies between frames: a serial line is the kernel's too. */
	void (*noise)(void *user, const void *data, size_t size);
	void *user;
};

void frames_feed(struct frames *frames, const void *data, size_t size, const struct frame_user *to);
void frame_put(struct sink *sink, char type, const void *data, size_t size);

/* The last of what the kernel said. */
struct tail {
	char data[65536];
	size_t size;
};

void tail_put(struct tail *tail, const char *data, size_t size);

#endif
