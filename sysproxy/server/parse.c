// SPDX-License-Identifier: GPL-2.0
/* From bytes that anybody may have sent to a request in which every length is right. */
#include "encode.h"
#include "request.h"

#include <errno.h>
#include <net/if.h>

static bool has_in(int kind)
{
	return kind != ARG_OUT && kind != ARG_OUT_LENGTH;
}

static int take_in(struct cursor *c, struct request_block *b)
{
	b->in_size = get_u32(c);
	b->in = get_bytes(c, b->in_size);
	return c->bad ? -1 : 0;
}

static uint32_t block_u32(const struct request_block *b, size_t index)
{
	struct cursor c = { .p = b->in + index * sizeof(uint32_t), .end = b->in + b->in_size };

	return get_u32(&c);
}

static int check_string(const struct request_block *b)
{
	const uint8_t *nul = memchr(b->in, 0, b->in_size);

	return b->in_size <= STRING_MOST && nul && nul == b->in + b->in_size - 1 ? 0 : -1;
}

static int check_sized(const struct request *r, int i, struct request_block *b)
{
	int kind = r->call->arg[i].kind;
	uint32_t size;

	if (!block_size(r->call, r->args, i, &size))
		return -1;
	if (kind == ARG_OPTION_IN && option_is_filter(r->args))
		return b->in_size % 8 || b->in_size > UINT16_MAX * 8 ? -1 : 0;
	if (kind != ARG_OUT && b->in_size != size)
		return -1;
	if (kind == ARG_OUT || kind == ARG_INOUT)
		b->room = size;
	return 0;
}

static int check_message(int kind, struct request_block *b)
{
	uint64_t sum;

	if (b->in_size < 3 * sizeof(uint32_t))
		return -1;
	sum = (uint64_t)block_u32(b, 0) + block_u32(b, 1) + block_u32(b, 2);
	if (kind == ARG_MESSAGE_IN)
		return sum + 3 * sizeof(uint32_t) == b->in_size ? 0 : -1;
	if (b->in_size != 3 * sizeof(uint32_t) || sum > FRAME_MOST - 64)
		return -1;
	b->room = sum + 4 * sizeof(uint32_t);
	return 0;
}

static int check_block(struct request *r, int i)
{
	struct request_block *b = &r->block[i];
	int kind = r->call->arg[i].kind;

	switch (kind) {
	case ARG_PATH:
	case ARG_STRING:
		return check_string(b);
	case ARG_LENGTH:
		b->room = sizeof(uint32_t);
		return b->in_size == sizeof(uint32_t) ? 0 : -1;
	case ARG_VECTOR_OUT:
		if (b->in_size != sizeof(uint32_t))
			return -1;
		b->room = block_u32(b, 0);
		return 0;
	case ARG_MESSAGE_IN:
	case ARG_MESSAGE_OUT:
		return check_message(kind, b);
	case ARG_IN:
	case ARG_OUT:
	case ARG_INOUT:
	case ARG_OPTION_IN:
		return check_sized(r, i, b);
	}
	return 0;
}

/* The command decides on the size of what it is in. */
static int check_ethtool(struct request_block *b)
{
	uint32_t size;

	if (b->in_size < sizeof(struct ifreq) + sizeof(uint32_t))
		return -1;
	size = ethtool_size(block_u32(b, sizeof(struct ifreq) / sizeof(uint32_t)));
	b->room = b->in_size;
	return size && b->in_size == sizeof(struct ifreq) + size ? 0 : -1;
}

static int check_shaped(struct request *r, int i, struct cursor *c)
{
	struct request_block *b = &r->block[i];
	bool ioctl = r->call->arg[i].kind == ARG_IOCTL;
	struct shape shape;

	if (!(ioctl ? shape_ioctl(r->args[i - 1], &shape) : shape_fcntl(r->args[i - 1], &shape)))
		return -1;
	if (!shape.pointer || !r->args[i])
		return 0;
	if (shape.nest == NEST_ETHTOOL)
		return take_in(c, b) ? -1 : check_ethtool(b);
	if (shape.nest == NEST_IFCONF)
		shape.in = 2 * sizeof(uint32_t);
	if (shape.in && (take_in(c, b) || b->in_size != shape.in))
		return -1;
	b->room = shape.out;
	if (shape.nest == NEST_IFCONF)
		b->room = sizeof(uint32_t) + block_u32(b, 0);
	return 0;
}

/* Room for a socklen_t's buffer is known once the socklen_t, which comes behind it, is. */
static void find_lengths(struct request *r)
{
	for (int i = 0; i < CALL_ARGS; i++) {
		const struct call_arg *a = &r->call->arg[i];
		struct request_block *length = &r->block[a->length];

		if (a->kind == ARG_OUT_LENGTH && r->args[i] && length->in)
			r->block[i].room = block_u32(length, 0);
	}
}

static int parse_blocks(struct request *r, struct cursor *c)
{
	uint64_t room = 0;

	for (int i = 0; i < CALL_ARGS; i++) {
		int kind = r->call->arg[i].kind;

		if (kind == ARG_IOCTL || kind == ARG_FCNTL) {
			if (check_shaped(r, i, c))
				return -1;
		} else if (arg_is_pointer(kind) && r->args[i]) {
			if ((has_in(kind) && take_in(c, &r->block[i])) || check_block(r, i))
				return -1;
		}
	}
	find_lengths(r);
	for (int i = 0; i < CALL_ARGS; i++)
		room += r->block[i].room;
	return c->bad || c->p != c->end || room > FRAME_MOST ? -1 : 0;
}

int request_parse(const uint8_t *data, size_t size, struct request *r)
{
	struct cursor c = { .p = data, .end = data + size };

	memset(r, 0, sizeof(*r));
	r->id = get_u32(&c);
	r->task = get_u32(&c);
	r->nr = get_u32(&c);
	r->flags = get_u32(&c);
	for (int i = 0; i < CALL_ARGS; i++)
		r->args[i] = get_u64(&c);
	if (c.bad)
		return -1;
	r->call = call_find(r->nr);
	if (!r->call) {
		r->error = ENOSYS;
		return 0;
	}
	return parse_blocks(r, &c);
}
