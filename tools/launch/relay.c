// SPDX-License-Identifier: GPL-2.0
/* Queues, frames and the log's tail. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launch.h"
#include "relay.h"

/* A pipe that polls writable takes this much without blocking. */
enum { AT_ONCE = 4096 };

void sink_put(struct sink *sink, const void *data, size_t size)
{
	if (sink->broken || !size)
		return;
	sink->data = xrealloc(sink->data, sink->size + size);
	memcpy(sink->data + sink->size, data, size);
	sink->size += size;
}

void sink_flush(struct sink *sink)
{
	size_t size = sink->size < AT_ONCE ? sink->size : AT_ONCE;
	ssize_t n = write(sink->fd, sink->data, size);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n < 0) {
		sink->broken = true;
		if (errno != EPIPE && errno != ECONNRESET)
			sink->error = errno;
		n = sink->size;
	}
	sink->size -= n;
	memmove(sink->data, sink->data + n, sink->size);
}

static size_t frame_size(const unsigned char *header)
{
	return header[3] | header[4] << 8;
}

static bool is_frame(const unsigned char *p, size_t size)
{
	if (size >= FRAME_HEADER && frame_size(p) > FRAME_PAYLOAD)
		return false;
	return p[0] == 0x1e && (size < 2 || p[1] == 'R');
}

/* Hand on what is whole; return how much that was. */
static size_t take(const unsigned char *p, size_t size, const struct frame_user *to)
{
	size_t at = 0, noise = 0, whole;

	while (at < size) {
		if (!is_frame(p + at, size - at)) {
			at++;
			noise++;
			continue;
		}
		to->noise(to->user, p + at - noise, noise);
		noise = 0;
		if (size - at < FRAME_HEADER)
			return at;
		whole = FRAME_HEADER + frame_size(p + at);
		if (size - at < whole)
			return at;
		to->frame(to->user, p[at + 2], p + at + FRAME_HEADER, whole - FRAME_HEADER);
		at += whole;
	}
	to->noise(to->user, p + at - noise, noise);
	return at;
}

void frames_feed(struct frames *frames, const void *data, size_t size, const struct frame_user *to)
{
	const unsigned char *from = data;
	size_t part, used;

	while (size) {
		part = sizeof(frames->data) - frames->size;
		if (part > size)
			part = size;
		memcpy(frames->data + frames->size, from, part);
		frames->size += part;
		from += part;
		size -= part;
		used = take(frames->data, frames->size, to);
		frames->size -= used;
		memmove(frames->data, frames->data + used, frames->size);
	}
}

void frame_put(struct sink *sink, char type, const void *data, size_t size)
{
	unsigned char header[FRAME_HEADER] = { 0x1e, 'R', type, size, size >> 8 };

	sink_put(sink, header, sizeof(header));
	sink_put(sink, data, size);
}

void tail_put(struct tail *tail, const char *data, size_t size)
{
	size_t drop;

	if (size > sizeof(tail->data)) {
		data += size - sizeof(tail->data);
		size = sizeof(tail->data);
	}
	if (tail->size + size > sizeof(tail->data)) {
		drop = tail->size + size - sizeof(tail->data);
		tail->size -= drop;
		memmove(tail->data, tail->data + drop, tail->size);
	}
	memcpy(tail->data + tail->size, data, size);
	tail->size += size;
}
