// SPDX-License-Identifier: GPL-2.0
/* The table of system calls, made out of calls.def. */
#include "calls.h"

#include <string.h>
#include <sys/syscall.h>

enum { TABLE_SIZE = 512 };

#define LOOK   CALL_LOOK
#define WAIT   CALL_WAIT
#define ONCE   CALL_ONCE
#define SHORT  CALL_SHORT
#define RIGHTS CALL_RIGHTS
/* The argument with O_CLOEXEC rides in the upper bits. */
#define NEWFD(n) (CALL_NEWFD | (n) << 8)

#define VAL                       \
	{                         \
		.kind = ARG_VALUE \
	}
#define OPENFLAGS                     \
	{                             \
		.kind = ARG_OPENFLAGS \
	}
#define SIZE                     \
	{                        \
		.kind = ARG_SIZE \
	}
#define FD                     \
	{                      \
		.kind = ARG_FD \
	}
#define DIR                     \
	{                       \
		.kind = ARG_DIR \
	}
#define PATH                     \
	{                        \
		.kind = ARG_PATH \
	}
#define STRING                     \
	{                          \
		.kind = ARG_STRING \
	}
#define IN_FIXED(n)                        \
	{                                  \
		.kind = ARG_IN, .fixed = n \
	}
#define OUT_FIXED(n)                        \
	{                                   \
		.kind = ARG_OUT, .fixed = n \
	}
#define INOUT_FIXED(n)                        \
	{                                     \
		.kind = ARG_INOUT, .fixed = n \
	}
#define IN_SIZE(len, u)                                  \
	{                                                \
		.kind = ARG_IN, .length = len, .unit = u \
	}
#define INOUT_SIZE(len, u)                                  \
	{                                                   \
		.kind = ARG_INOUT, .length = len, .unit = u \
	}
#define OUT_RESULT(len, u)                                                \
	{                                                                 \
		.kind = ARG_OUT, .length = len, .unit = u, .result = true \
	}
#define LENGTH                     \
	{                          \
		.kind = ARG_LENGTH \
	}
#define OUT_LENGTH(len)                               \
	{                                             \
		.kind = ARG_OUT_LENGTH, .length = len \
	}
#define VECTOR_IN(len)                               \
	{                                            \
		.kind = ARG_VECTOR_IN, .length = len \
	}
#define VECTOR_OUT(len)                               \
	{                                             \
		.kind = ARG_VECTOR_OUT, .length = len \
	}
#define MESSAGE_IN                     \
	{                              \
		.kind = ARG_MESSAGE_IN \
	}
#define MESSAGE_OUT                     \
	{                               \
		.kind = ARG_MESSAGE_OUT \
	}
#define OPTION_IN(len)                                          \
	{                                                       \
		.kind = ARG_OPTION_IN, .length = len, .unit = 1 \
	}
#define FCNTL                     \
	{                         \
		.kind = ARG_FCNTL \
	}
#define IOCTL                     \
	{                         \
		.kind = ARG_IOCTL \
	}

#define CALL(n, properties, ...)                    \
	[SYS_##n] = { .name = #n,                   \
		      .nr = SYS_##n,                \
		      .flags = (properties)&0xff,   \
		      .cloexec = (properties) >> 8, \
		      .arg = { __VA_ARGS__ } },

static const struct call table[TABLE_SIZE] = {
#include "calls.def"
};

const struct call *call_find(uint64_t nr)
{
	return nr < TABLE_SIZE && table[nr].name ? &table[nr] : NULL;
}

const struct call *call_named(const char *name)
{
	for (int i = 0; i < TABLE_SIZE; i++) {
		if (table[i].name && !strcmp(table[i].name, name))
			return &table[i];
	}
	return NULL;
}

int call_count(const struct call *call)
{
	int n = 0;

	while (n < CALL_ARGS && call->arg[n].kind != ARG_NONE)
		n++;
	return n;
}
