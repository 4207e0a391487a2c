// SPDX-License-Identifier: GPL-2.0
/* What a reply brings, put into the caller's memory. Nothing in it is taken on trust. */
#include "encode.h"

#include <errno.h>
#include <net/if.h>
#include <sys/socket.h>
#include <sys/uio.h>

struct finishing {
	const struct call *call;
	const uint64_t *args;
	const struct memory *m;
	struct cursor *reply;
	int64_t result;
	int error;
};

static void finish_fail(struct finishing *f, int error)
{
	if (!f->error)
		f->error = error;
}

static void store(struct finishing *f, uint64_t to, const void *data, size_t size)
{
	if (size && !f->error && f->m->out(f->m, to, data, size))
		finish_fail(f, EFAULT);
}

/* A block that is at most so large; its size in *size. */
static const uint8_t *take(struct finishing *f, uint32_t most, uint32_t *size)
{
	const uint8_t *data;

	*size = get_u32(f->reply);
	data = get_bytes(f->reply, *size);
	if (!data || *size > most) {
		finish_fail(f, EPROTO);
		*size = 0;
		return NULL;
	}
	return data;
}

static void take_plain(struct finishing *f, int i, uint32_t most)
{
	uint32_t size;
	const uint8_t *data = take(f, most, &size);

	store(f, f->args[i], data, size);
}

static void take_sized(struct finishing *f, int i)
{
	uint32_t most;

	if (block_size(f->call, f->args, i, &most))
		take_plain(f, i, most);
	else
		finish_fail(f, EPROTO);
}

/* The room is what the length said before the call, and it is still there: lengths come later. */
static void take_length_sized(struct finishing *f, int i)
{
	uint64_t length = f->args[f->call->arg[i].length];
	uint32_t most = 0;

	if (!length || f->m->in(f->m, length, &most, sizeof(most)))
		finish_fail(f, EFAULT);
	else
		take_plain(f, i, most);
}

static void scatter(struct finishing *f, uint64_t vector, uint64_t count, const uint8_t *data,
		    uint32_t size)
{
	struct iovec iov;
	uint32_t n;

	for (uint64_t i = 0; i < count && size && !f->error; i++) {
		if (f->m->in(f->m, vector + i * sizeof(iov), &iov, sizeof(iov))) {
			finish_fail(f, EFAULT);
			return;
		}
		n = size < iov.iov_len ? size : iov.iov_len;
		store(f, (uintptr_t)iov.iov_base, data, n);
		data += n;
		size -= n;
	}
	if (size)
		finish_fail(f, EPROTO);
}

static void take_vector(struct finishing *f, int i)
{
	uint32_t size;
	const uint8_t *data = take(f, DATA_MOST, &size);

	scatter(f, f->args[i], (uint32_t)f->args[f->call->arg[i].length], data, size);
}

static void store_message(struct finishing *f, uint64_t where, struct msghdr *msg, struct cursor *c)
{
	uint32_t name = get_u32(c), control = get_u32(c), flags = get_u32(c), data = get_u32(c);
	uint32_t name_bytes = name < msg->msg_namelen ? name : msg->msg_namelen;
	const uint8_t *name_at = get_bytes(c, name_bytes);
	const uint8_t *control_at = get_bytes(c, control);
	const uint8_t *data_at = get_bytes(c, data);

	if (c->bad || c->p != c->end || control > msg->msg_controllen) {
		finish_fail(f, EPROTO);
		return;
	}
	store(f, (uintptr_t)msg->msg_name, name_at, name_bytes);
	store(f, (uintptr_t)msg->msg_control, control_at, control);
	scatter(f, (uintptr_t)msg->msg_iov, msg->msg_iovlen, data_at, data);
	msg->msg_namelen = name;
	msg->msg_controllen = control;
	msg->msg_flags = flags;
	store(f, where, msg, sizeof(*msg));
}

static void take_message(struct finishing *f, int i)
{
	uint32_t size;
	const uint8_t *data = take(f, FRAME_MOST, &size);
	struct cursor c = { .p = data };
	struct msghdr msg;

	if (!data)
		return;
	c.end = data + size;
	if (f->m->in(f->m, f->args[i], &msg, sizeof(msg))) {
		finish_fail(f, EFAULT);
		return;
	}
	if (!msg.msg_name)
		msg.msg_namelen = 0;
	if (!msg.msg_control)
		msg.msg_controllen = 0;
	store_message(f, f->args[i], &msg, &c);
}

static void take_ifconf(struct finishing *f, int i)
{
	struct ifconf conf;
	uint32_t size;
	const uint8_t *data = take(f, DATA_MOST, &size);

	if (!data || f->m->in(f->m, f->args[i], &conf, sizeof(conf))) {
		finish_fail(f, EFAULT);
		return;
	}
	if (size < sizeof(uint32_t) ||
	    (conf.ifc_buf && size - sizeof(uint32_t) > (uint32_t)conf.ifc_len)) {
		finish_fail(f, EPROTO);
		return;
	}
	if (conf.ifc_buf)
		store(f, (uintptr_t)conf.ifc_buf, data + sizeof(uint32_t), size - sizeof(uint32_t));
	memcpy(&size, data, sizeof(size));
	conf.ifc_len = le32toh(size);
	store(f, f->args[i], &conf, sizeof(conf));
}

/* Only what is behind the struct ifreq: that itself is not changed. */
static void take_ethtool(struct finishing *f, int i)
{
	struct ifreq request;
	uint32_t size, command = 0;
	const uint8_t *data = take(f, DATA_MOST, &size);

	if (!data || f->m->in(f->m, f->args[i], &request, sizeof(request)) ||
	    f->m->in(f->m, (uintptr_t)request.ifr_data, &command, sizeof(command)))
		finish_fail(f, EFAULT);
	else if (size != sizeof(request) + ethtool_size(command))
		finish_fail(f, EPROTO);
	else
		store(f, (uintptr_t)request.ifr_data, data + sizeof(request),
		      size - sizeof(request));
}

static void take_shaped(struct finishing *f, int i)
{
	struct shape shape = { 0 };

	if (f->call->arg[i].kind == ARG_IOCTL)
		shape_ioctl(f->args[i - 1], &shape);
	else
		shape_fcntl(f->args[i - 1], &shape);
	if (!shape.pointer || !f->args[i])
		return;
	if (shape.nest == NEST_IFCONF)
		take_ifconf(f, i);
	else if (shape.nest == NEST_ETHTOOL)
		take_ethtool(f, i);
	else if (shape.out)
		take_plain(f, i, shape.out);
}

static void take_block(struct finishing *f, int i)
{
	switch (f->call->arg[i].kind) {
	case ARG_OUT:
	case ARG_INOUT:
		take_sized(f, i);
		break;
	case ARG_LENGTH:
		take_plain(f, i, sizeof(uint32_t));
		break;
	case ARG_OUT_LENGTH:
		take_length_sized(f, i);
		break;
	case ARG_VECTOR_OUT:
		take_vector(f, i);
		break;
	case ARG_MESSAGE_OUT:
		take_message(f, i);
		break;
	}
}

int64_t call_finish(const struct call *call, const uint64_t args[CALL_ARGS], const struct memory *m,
		    struct cursor *reply)
{
	struct finishing f = { .call = call, .args = args, .m = m, .reply = reply };

	f.result = get_u64(reply);
	for (int i = 0; i < CALL_ARGS && f.result >= 0 && !f.error; i++) {
		if (call->arg[i].kind == ARG_IOCTL || call->arg[i].kind == ARG_FCNTL)
			take_shaped(&f, i);
		else if (arg_is_pointer(call->arg[i].kind) && args[i])
			take_block(&f, i);
	}
	if (reply->bad || (!f.error && reply->p != reply->end))
		return -EPROTO;
	return f.error ? -f.error : f.result;
}
