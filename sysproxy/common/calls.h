/* SPDX-License-Identifier: GPL-2.0 */
/* The description of the system calls that travel (calls.def), and what follows from it. */
#ifndef RUMPRUN_SYSPROXY_CALLS_H
#define RUMPRUN_SYSPROXY_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CALL_ARGS = 6 };

enum arg_kind {
	ARG_NONE,
	ARG_VALUE,
	ARG_OPENFLAGS, /* a value: the flags of open */
	ARG_SIZE,      /* a value: the size of a buffer, which may be cut if the call is SHORT */
	ARG_FD,
	ARG_DIR, /* a descriptor or AT_FDCWD, for the path behind it */
	/* Pointers from here on: each may be NULL. */
	ARG_PATH,
	ARG_STRING,
	ARG_IN,
	ARG_OUT,
	ARG_INOUT,
	ARG_LENGTH,	/* the socklen_t of an ARG_OUT_LENGTH, in and out */
	ARG_OUT_LENGTH, /* as much as the socklen_t says */
	ARG_VECTOR_IN,	/* struct iovec; travels as one buffer */
	ARG_VECTOR_OUT,
	ARG_MESSAGE_IN, /* struct msghdr */
	ARG_MESSAGE_OUT,
	ARG_OPTION_IN, /* of setsockopt: a buffer, but for socket filters */
	/* A value or a pointer, as the argument before it says. */
	ARG_FCNTL,
	ARG_IOCTL,
};

/* A buffer's size is fixed + unit * args[length]. */
struct call_arg {
	uint8_t kind;
	uint8_t length;
	uint8_t unit;
	uint16_t fixed;
	/* As much is filled in as the result says (times unit), not all of it. */
	bool result;
};

enum call_flags {
	CALL_LOOK = 1 << 0,   /* changes nothing that a read-only session must not change */
	CALL_WAIT = 1 << 1,   /* may take as long as it likes */
	CALL_ONCE = 1 << 2,   /* is not begun again after a signal that was handled */
	CALL_SHORT = 1 << 3,  /* may do less than it was asked for */
	CALL_NEWFD = 1 << 4,  /* its result is a descriptor */
	CALL_RIGHTS = 1 << 5, /* changes the caller's credentials */
};

/* Where a call that makes a descriptor says O_CLOEXEC: an argument, or one of these. */
enum { CLOEXEC_ALWAYS = 6, CLOEXEC_NEVER = 7 };

struct call {
	const char *name;
	uint16_t nr;
	uint16_t flags;
	uint8_t cloexec;
	struct call_arg arg[CALL_ARGS];
};

/* NULL if the call does not travel. */
const struct call *call_find(uint64_t nr);
const struct call *call_named(const char *name);
int call_count(const struct call *call);

static inline bool arg_is_pointer(int kind)
{
	return kind >= ARG_PATH && kind <= ARG_OPTION_IN;
}

/* How a value that may be a pointer is to be taken: the bytes that travel each way. */
struct shape {
	bool pointer;
	uint32_t in, out;
	/* The bytes hold a pointer themselves: see nested.c. */
	enum { NEST_NONE, NEST_IFCONF, NEST_ROUTE, NEST_ETHTOOL } nest;
};

/* False if nothing is known about the request, so that it cannot travel. */
bool shape_ioctl(uint64_t request, struct shape *shape);
/* Bytes behind the struct ifreq of SIOCETHTOOL, 0 for a command that does not travel. */
uint32_t ethtool_size(uint32_t command);
bool shape_fcntl(uint64_t command, struct shape *shape);

#endif
