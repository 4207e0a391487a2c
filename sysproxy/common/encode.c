// SPDX-License-Identifier: GPL-2.0
#include "encode.h"

#include <errno.h>
#include <linux/filter.h>
#include <net/if.h>
#include <net/route.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/uio.h>

enum { VECTOR_MOST = 1024 };

/* One call on its way: the first error stays. */
struct encoding {
	const struct call *call;
	const uint64_t *args;
	const struct memory *m;
	struct buffer *out;
	int error;
};

bool block_size(const struct call *call, const uint64_t args[CALL_ARGS], int i, uint32_t *size)
{
	const struct call_arg *a = &call->arg[i];
	uint64_t n = 0;

	if (a->unit) {
		n = args[a->length];
		/* All but size_t are int or socklen_t, whose upper half means nothing. */
		if (call->arg[a->length].kind != ARG_SIZE)
			n = (uint32_t)n;
	}
	if (n > DATA_MOST)
		return false;
	n = n * (a->unit ? a->unit : 1) + a->fixed;
	*size = n;
	return n <= DATA_MOST;
}

bool option_is_filter(const uint64_t args[CALL_ARGS])
{
	return (uint32_t)args[1] == SOL_SOCKET && ((uint32_t)args[2] == SO_ATTACH_FILTER ||
						   (uint32_t)args[2] == SO_ATTACH_REUSEPORT_CBPF);
}

static void encode_fail(struct encoding *e, int error)
{
	if (!e->error)
		e->error = error;
}

static void fetch(struct encoding *e, uint64_t from, void *to, size_t size)
{
	if (to && size && e->m->in(e->m, from, to, size))
		encode_fail(e, EFAULT);
}

/* A block's length, and room for it to be filled from memory. */
static void put_memory(struct encoding *e, uint64_t from, uint32_t size)
{
	put_u32(e->out, size);
	fetch(e, from, buffer_add(e->out, size), size);
}

static void put_string(struct encoding *e, int i)
{
	char text[STRING_MOST];
	bool path = e->call->arg[i].kind == ARG_PATH && e->m->path;
	long n = (path ? e->m->path : e->m->string)(e->m, e->args[i], text, sizeof(text));

	if (n < 0) {
		encode_fail(e, n == -2 ? ENAMETOOLONG : EFAULT);
		return;
	}
	put_u32(e->out, n + 1);
	put_bytes(e->out, text, n + 1);
}

/* Read a vector; its sum is cut to what one call may carry. */
static uint32_t fetch_vector(struct encoding *e, uint64_t from, uint64_t count,
			     struct iovec iov[VECTOR_MOST])
{
	uint64_t sum = 0;

	if (count > VECTOR_MOST) {
		encode_fail(e, EINVAL);
		return 0;
	}
	fetch(e, from, iov, count * sizeof(*iov));
	for (uint64_t i = 0; !e->error && i < count; i++) {
		if (iov[i].iov_len > DATA_MOST - sum)
			iov[i].iov_len = DATA_MOST - sum;
		sum += iov[i].iov_len;
	}
	return e->error ? 0 : sum;
}

static void put_vector(struct encoding *e, const struct iovec *iov, uint64_t count)
{
	for (uint64_t i = 0; !e->error && i < count; i++)
		fetch(e, (uintptr_t)iov[i].iov_base, buffer_add(e->out, iov[i].iov_len),
		      iov[i].iov_len);
}

static void put_vector_in(struct encoding *e, int i)
{
	struct iovec iov[VECTOR_MOST];
	uint64_t count = (uint32_t)e->args[e->call->arg[i].length];

	put_u32(e->out, fetch_vector(e, e->args[i], count, iov));
	put_vector(e, iov, count);
}

static void put_vector_out(struct encoding *e, int i)
{
	struct iovec iov[VECTOR_MOST];
	uint64_t count = (uint32_t)e->args[e->call->arg[i].length];

	put_u32(e->out, sizeof(uint32_t));
	put_u32(e->out, fetch_vector(e, e->args[i], count, iov));
}

static bool fetch_message(struct encoding *e, int i, struct msghdr *msg)
{
	fetch(e, e->args[i], msg, sizeof(*msg));
	if (!e->error && (msg->msg_namelen > STRING_MOST || msg->msg_controllen > STRING_MOST * 8))
		encode_fail(e, EINVAL);
	if (e->error)
		return false;
	if (!msg->msg_name)
		msg->msg_namelen = 0;
	if (!msg->msg_control)
		msg->msg_controllen = 0;
	return true;
}

static void put_message_in(struct encoding *e, int i)
{
	struct iovec iov[VECTOR_MOST];
	struct msghdr msg;
	uint32_t data;

	if (!fetch_message(e, i, &msg))
		return;
	data = fetch_vector(e, (uintptr_t)msg.msg_iov, msg.msg_iovlen, iov);
	put_u32(e->out, 3 * sizeof(uint32_t) + msg.msg_namelen + msg.msg_controllen + data);
	put_u32(e->out, msg.msg_namelen);
	put_u32(e->out, msg.msg_controllen);
	put_u32(e->out, data);
	fetch(e, (uintptr_t)msg.msg_name, buffer_add(e->out, msg.msg_namelen), msg.msg_namelen);
	fetch(e, (uintptr_t)msg.msg_control, buffer_add(e->out, msg.msg_controllen),
	      msg.msg_controllen);
	put_vector(e, iov, msg.msg_iovlen);
}

static void put_message_out(struct encoding *e, int i)
{
	struct iovec iov[VECTOR_MOST];
	struct msghdr msg;

	if (!fetch_message(e, i, &msg))
		return;
	put_u32(e->out, 3 * sizeof(uint32_t));
	put_u32(e->out, msg.msg_namelen);
	put_u32(e->out, msg.msg_controllen);
	put_u32(e->out, fetch_vector(e, (uintptr_t)msg.msg_iov, msg.msg_iovlen, iov));
}

static void put_filter(struct encoding *e, int i)
{
	struct sock_fprog program = { 0 };

	fetch(e, e->args[i], &program, sizeof(program));
	put_memory(e, (uintptr_t)program.filter, program.len * sizeof(struct sock_filter));
}

static void put_ifconf(struct encoding *e, int i)
{
	struct ifconf conf = { 0 };

	fetch(e, e->args[i], &conf, sizeof(conf));
	if (conf.ifc_len < 0 || conf.ifc_len > DATA_MOST)
		encode_fail(e, EINVAL);
	put_u32(e->out, 2 * sizeof(uint32_t));
	put_u32(e->out, conf.ifc_len);
	put_u32(e->out, conf.ifc_buf != NULL);
}

static void put_route(struct encoding *e, int i)
{
	struct rtentry route = { 0 };
	char name[IFNAMSIZ] = "";

	fetch(e, e->args[i], &route, sizeof(route));
	if (!e->error && route.rt_dev &&
	    e->m->string(e->m, (uintptr_t)route.rt_dev, name, sizeof(name)) < 0)
		encode_fail(e, EFAULT);
	route.rt_dev = NULL;
	put_u32(e->out, sizeof(route) + sizeof(name));
	put_bytes(e->out, &route, sizeof(route));
	put_bytes(e->out, name, sizeof(name));
}

static void put_ethtool(struct encoding *e, int i)
{
	struct ifreq request = { 0 };
	uint32_t command = 0, size;

	fetch(e, e->args[i], &request, sizeof(request));
	fetch(e, (uintptr_t)request.ifr_data, &command, sizeof(command));
	size = ethtool_size(command);
	if (!size)
		encode_fail(e, EOPNOTSUPP);
	put_u32(e->out, sizeof(request) + size);
	put_bytes(e->out, &request, sizeof(request));
	fetch(e, (uintptr_t)request.ifr_data, buffer_add(e->out, size), size);
}

static bool shape_of(const struct call *call, const uint64_t *args, int i, struct shape *shape)
{
	return call->arg[i].kind == ARG_IOCTL ? shape_ioctl(args[i - 1], shape)
					      : shape_fcntl(args[i - 1], shape);
}

static void put_shaped(struct encoding *e, int i)
{
	struct shape shape;

	if (!shape_of(e->call, e->args, i, &shape)) {
		encode_fail(e, e->call->arg[i].kind == ARG_IOCTL ? ENOTTY : EINVAL);
		return;
	}
	if (!shape.pointer || !e->args[i])
		return;
	if (shape.nest == NEST_IFCONF)
		put_ifconf(e, i);
	else if (shape.nest == NEST_ROUTE)
		put_route(e, i);
	else if (shape.nest == NEST_ETHTOOL)
		put_ethtool(e, i);
	else if (shape.in)
		put_memory(e, e->args[i], shape.in);
}

static void put_sized(struct encoding *e, int i)
{
	uint32_t size;

	if (!block_size(e->call, e->args, i, &size))
		encode_fail(e, EINVAL);
	else if (e->call->arg[i].kind == ARG_OPTION_IN && option_is_filter(e->args))
		put_filter(e, i);
	else if (e->call->arg[i].kind != ARG_OUT)
		put_memory(e, e->args[i], size);
}

static void put_block(struct encoding *e, int i)
{
	switch (e->call->arg[i].kind) {
	case ARG_PATH:
	case ARG_STRING:
		put_string(e, i);
		break;
	case ARG_IN:
	case ARG_OUT:
	case ARG_INOUT:
	case ARG_OPTION_IN:
		put_sized(e, i);
		break;
	case ARG_LENGTH:
		put_memory(e, e->args[i], sizeof(uint32_t));
		break;
	case ARG_VECTOR_IN:
		put_vector_in(e, i);
		break;
	case ARG_VECTOR_OUT:
		put_vector_out(e, i);
		break;
	case ARG_MESSAGE_IN:
		put_message_in(e, i);
		break;
	case ARG_MESSAGE_OUT:
		put_message_out(e, i);
		break;
	}
}

static uint64_t wire_value(const struct call *call, const uint64_t *args, int i)
{
	int kind = call->arg[i].kind;
	struct shape shape = { 0 };

	if (kind == ARG_IOCTL || kind == ARG_FCNTL) {
		if (shape_of(call, args, i, &shape) && shape.pointer)
			return args[i] != 0;
		return args[i];
	}
	return arg_is_pointer(kind) ? args[i] != 0 : args[i];
}

static void cut_sizes(const struct call *call, uint64_t *args)
{
	for (int i = 0; i < CALL_ARGS; i++) {
		if (call->arg[i].kind == ARG_SIZE && args[i] > DATA_MOST)
			args[i] = DATA_MOST;
	}
}

int call_encode(const struct call *call, const struct call_ids *ids, uint64_t args[CALL_ARGS],
		const struct memory *m, struct buffer *out)
{
	struct encoding e = { .call = call, .args = args, .m = m, .out = out };
	size_t begin = frame_begin(out, FRAME_CALL);

	cut_sizes(call, args);
	put_u32(out, ids->id);
	put_u32(out, ids->task);
	put_u32(out, call->nr);
	put_u32(out, ids->flags);
	for (int i = 0; i < CALL_ARGS; i++)
		put_u64(out, call->arg[i].kind ? wire_value(call, args, i) : 0);
	for (int i = 0; i < CALL_ARGS && !e.error; i++) {
		if (call->arg[i].kind == ARG_IOCTL || call->arg[i].kind == ARG_FCNTL)
			put_shaped(&e, i);
		else if (arg_is_pointer(call->arg[i].kind) && args[i])
			put_block(&e, i);
	}
	if (out->failed)
		encode_fail(&e, ENOMEM);
	else if (out->size - begin - FRAME_HEADER > FRAME_MOST)
		encode_fail(&e, EMSGSIZE);
	if (e.error) {
		out->size = begin;
		return -e.error;
	}
	frame_finish(out, begin);
	return 0;
}
