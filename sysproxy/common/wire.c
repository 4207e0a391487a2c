// SPDX-License-Identifier: GPL-2.0
#include "wire.h"

#include <stdlib.h>

void *buffer_add(struct buffer *b, size_t size)
{
	size_t need = b->size + size, room;
	uint8_t *data;

	if (b->failed)
		return NULL;
	if (need > b->room) {
		room = need < 512 ? 512 : need + need / 2;
		data = realloc(b->data, room);
		if (!data) {
			b->failed = true;
			return NULL;
		}
		b->data = data;
		b->room = room;
	}
	b->size = need;
	return b->data + need - size;
}

void buffer_free(struct buffer *b)
{
	free(b->data);
	memset(b, 0, sizeof(*b));
}

size_t frame_begin(struct buffer *b, enum frame_type type)
{
	size_t begin = b->size;

	put_u32(b, 0);
	put_u32(b, type);
	return begin;
}

void frame_finish(struct buffer *b, size_t begin)
{
	uint32_t size = htole32(b->size - begin - FRAME_HEADER);

	if (!b->failed)
		memcpy(b->data + begin, &size, sizeof(size));
}

int frame_parse(const uint8_t *data, size_t size, struct frame *frame)
{
	struct cursor c = { .p = data, .end = data + size };
	uint32_t length, type;

	if (size < FRAME_HEADER)
		return 0;
	length = get_u32(&c);
	type = get_u32(&c);
	if (length > FRAME_MOST || type < FRAME_HELLO || type > FRAME_END)
		return -1;
	if (size - FRAME_HEADER < length)
		return 0;
	*frame = (struct frame){ .type = type, .data = c.p, .size = length };
	return 1;
}
