// SPDX-License-Identifier: GPL-2.0
/* Executing a request: the kernel gets pointers into the request and into the reply's room. */
#include "encode.h"
#include "request.h"

#include <errno.h>
#include <linux/filter.h>
#include <net/if.h>
#include <net/route.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { SMALL = 1 << 16 };

/* What a call may need besides its blocks: the structures that did not travel as such. */
struct running {
	const struct request *r;
	uint64_t args[CALL_ARGS];
	uint8_t *room[CALL_ARGS];
	struct iovec iov;
	struct msghdr msg;
	struct sock_fprog filter;
	struct ifconf ifconf;
	struct rtentry route;
	char name[IFNAMSIZ];
	int64_t result;
};

static uint32_t in_u32(const struct request_block *b, size_t index)
{
	struct cursor c = { .p = b->in + index * sizeof(uint32_t), .end = b->in + b->in_size };

	return get_u32(&c);
}

static uint64_t pointer(const void *p)
{
	return (uintptr_t)p;
}

static void prepare_message(struct running *x, int i)
{
	const struct request_block *b = &x->r->block[i];
	bool in = x->r->call->arg[i].kind == ARG_MESSAGE_IN;
	/* Out: the four numbers go in front of the room when it is answered. */
	uint8_t *p =
		in ? (uint8_t *)b->in + 3 * sizeof(uint32_t) : x->room[i] + 4 * sizeof(uint32_t);
	struct msghdr *msg = &x->msg;

	msg->msg_namelen = in_u32(b, 0);
	msg->msg_controllen = in_u32(b, 1);
	x->iov.iov_len = in_u32(b, 2);
	msg->msg_name = msg->msg_namelen ? p : NULL;
	msg->msg_control = msg->msg_controllen ? p + msg->msg_namelen : NULL;
	x->iov.iov_base = p + msg->msg_namelen + msg->msg_controllen;
	msg->msg_iov = &x->iov;
	msg->msg_iovlen = 1;
	x->args[i] = pointer(msg);
}

static void prepare_vector(struct running *x, int i)
{
	const struct request_block *b = &x->r->block[i];
	bool in = x->r->call->arg[i].kind == ARG_VECTOR_IN;

	x->iov.iov_base = in ? (void *)b->in : x->room[i];
	x->iov.iov_len = in ? b->in_size : b->room;
	x->args[i] = pointer(&x->iov);
	x->args[x->r->call->arg[i].length] = 1;
}

static void prepare_option(struct running *x, int i)
{
	const struct request_block *b = &x->r->block[i];

	x->args[i] = pointer(b->in);
	if (!option_is_filter(x->r->args))
		return;
	x->filter.len = b->in_size / sizeof(struct sock_filter);
	x->filter.filter = (struct sock_filter *)b->in;
	x->args[i] = pointer(&x->filter);
	x->args[x->r->call->arg[i].length] = sizeof(x->filter);
}

static void prepare_shaped(struct running *x, int i)
{
	const struct request_block *b = &x->r->block[i];
	uint64_t request = x->r->args[i - 1];
	struct shape shape = { 0 };

	if (x->r->call->arg[i].kind == ARG_IOCTL)
		shape_ioctl(request, &shape);
	else
		shape_fcntl(request, &shape);
	if (!shape.pointer || !x->args[i])
		return;
	if (shape.nest == NEST_IFCONF) {
		x->ifconf.ifc_len = in_u32(b, 0);
		x->ifconf.ifc_buf = in_u32(b, 1) ? (char *)x->room[i] + sizeof(uint32_t) : NULL;
		x->args[i] = pointer(&x->ifconf);
	} else if (shape.nest == NEST_ROUTE) {
		memcpy(&x->route, b->in, sizeof(x->route));
		memcpy(x->name, b->in + sizeof(x->route), sizeof(x->name) - 1);
		x->route.rt_dev = *x->name ? x->name : NULL;
		x->args[i] = pointer(&x->route);
	} else {
		if (b->room && b->in)
			memcpy(x->room[i], b->in, b->in_size);
		if (shape.nest == NEST_ETHTOOL) {
			void *data = x->room[i] + sizeof(struct ifreq);

			memcpy(x->room[i] + offsetof(struct ifreq, ifr_data), &data, sizeof(data));
		}
		x->args[i] = pointer(b->room ? x->room[i] : b->in);
	}
}

static void prepare_arg(struct running *x, int i)
{
	const struct request_block *b = &x->r->block[i];
	int kind = x->r->call->arg[i].kind;

	if (kind == ARG_IOCTL || kind == ARG_FCNTL) {
		prepare_shaped(x, i);
		return;
	}
	if (!arg_is_pointer(kind) || !x->args[i])
		return;
	switch (kind) {
	case ARG_PATH:
	case ARG_STRING:
	case ARG_IN:
		x->args[i] = pointer(b->in);
		break;
	case ARG_INOUT:
	case ARG_LENGTH:
		memcpy(x->room[i], b->in, b->in_size);
		x->args[i] = pointer(x->room[i]);
		break;
	case ARG_OUT:
	case ARG_OUT_LENGTH:
		x->args[i] = pointer(x->room[i]);
		break;
	case ARG_VECTOR_IN:
	case ARG_VECTOR_OUT:
		prepare_vector(x, i);
		break;
	case ARG_MESSAGE_IN:
	case ARG_MESSAGE_OUT:
		prepare_message(x, i);
		break;
	case ARG_OPTION_IN:
		prepare_option(x, i);
		break;
	}
}

static void set_u32(uint8_t *p, uint32_t v)
{
	v = htole32(v);
	memcpy(p, &v, sizeof(v));
}

/* Name, control and data follow each other without gaps in the reply. */
static uint32_t filled_message(struct running *x, int i)
{
	const struct msghdr *msg = &x->msg;
	uint32_t room = in_u32(&x->r->block[i], 0);
	uint32_t name = msg->msg_namelen < room ? msg->msg_namelen : room;
	uint8_t *start = x->room[i], *to = start + 4 * sizeof(uint32_t) + name;
	uint64_t got = x->result;
	uint32_t data = got < x->iov.iov_len ? got : x->iov.iov_len;

	set_u32(start, msg->msg_namelen);
	set_u32(start + 4, msg->msg_controllen);
	set_u32(start + 8, msg->msg_flags);
	set_u32(start + 12, data);
	if (msg->msg_controllen)
		memmove(to, msg->msg_control, msg->msg_controllen);
	to += msg->msg_controllen;
	memmove(to, x->iov.iov_base, data);
	return to + data - start;
}

static uint32_t filled_ifconf(struct running *x, int i)
{
	set_u32(x->room[i], x->ifconf.ifc_len);
	return sizeof(uint32_t) + (x->ifconf.ifc_buf ? x->ifconf.ifc_len : 0);
}

/* How much of the room the kernel has filled. */
static uint32_t filled(struct running *x, int i)
{
	const struct call_arg *a = &x->r->call->arg[i];
	const struct request_block *b = &x->r->block[i];
	uint64_t n = b->room;

	if (a->kind == ARG_MESSAGE_OUT)
		return filled_message(x, i);
	if (a->kind == ARG_IOCTL && x->args[i] == pointer(&x->ifconf))
		return filled_ifconf(x, i);
	if (a->kind == ARG_VECTOR_OUT)
		n = x->result;
	else if (a->kind == ARG_OUT_LENGTH)
		memcpy(&n, x->room[a->length], sizeof(uint32_t));
	else if (a->result)
		n = x->result * a->unit;
	if (a->kind == ARG_OUT_LENGTH)
		n = (uint32_t)n;
	return n < b->room ? n : b->room;
}

static bool goes_back(const struct running *x, int i)
{
	const struct call_arg *a = &x->r->call->arg[i];

	if (a->kind == ARG_IOCTL || a->kind == ARG_FCNTL)
		return x->r->block[i].room;
	return x->r->args[i] && (a->kind == ARG_OUT || a->kind == ARG_INOUT ||
				 a->kind == ARG_LENGTH || a->kind == ARG_OUT_LENGTH ||
				 a->kind == ARG_VECTOR_OUT || a->kind == ARG_MESSAGE_OUT);
}

/* The room is in the reply already: what was filled moves down to behind its length. */
static void answer(struct running *x, struct buffer *out, size_t begin, size_t blocks)
{
	uint8_t *to = out->data + blocks;
	uint64_t result = htole64(x->result);
	uint32_t size[CALL_ARGS] = { 0 };

	memcpy(out->data + blocks - sizeof(result), &result, sizeof(result));
	for (int i = 0; i < CALL_ARGS && x->result >= 0; i++) {
		if (goes_back(x, i))
			size[i] = filled(x, i);
	}
	for (int i = 0; i < CALL_ARGS && x->result >= 0; i++) {
		if (!goes_back(x, i))
			continue;
		set_u32(to, size[i]);
		memmove(to + sizeof(uint32_t), x->room[i], size[i]);
		to += sizeof(uint32_t) + size[i];
	}
	out->size = to - out->data;
	frame_finish(out, begin);
}

static size_t begin_reply(const struct request *r, int64_t result, struct buffer *out)
{
	size_t begin = frame_begin(out, FRAME_REPLY);

	put_u32(out, r->id);
	put_u64(out, result);
	return begin;
}

void request_refuse(const struct request *r, int error, struct buffer *out)
{
	frame_finish(out, begin_reply(r, -error, out));
}

void request_run(const struct request *r, struct buffer *out)
{
	struct running x = { .r = r };
	size_t begin = begin_reply(r, 0, out), blocks = out->size, room = 0;
	uint8_t *p;

	for (int i = 0; i < CALL_ARGS; i++)
		room += goes_back(&x, i) ? r->block[i].room + sizeof(uint32_t) : 0;
	p = buffer_add(out, room);
	if (!p)
		return;
	/* Only small structures are ever sent back without being filled in to their end. */
	if (room <= SMALL)
		memset(p, 0, room);
	memcpy(x.args, r->args, sizeof(x.args));
	for (int i = 0; i < CALL_ARGS; i++) {
		if (!goes_back(&x, i))
			continue;
		x.room[i] = p + sizeof(uint32_t);
		p += sizeof(uint32_t) + r->block[i].room;
	}
	for (int i = 0; i < CALL_ARGS; i++)
		prepare_arg(&x, i);
	x.result = syscall(r->nr, x.args[0], x.args[1], x.args[2], x.args[3], x.args[4], x.args[5]);
	if (x.result == -1)
		x.result = -errno;
	answer(&x, out, begin, blocks);
}
