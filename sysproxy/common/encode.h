/* SPDX-License-Identifier: GPL-2.0 */
/* The caller's side of a call: from arguments in some memory to a frame, and back from its reply.
 */
#ifndef RUMPRUN_SYSPROXY_ENCODE_H
#define RUMPRUN_SYSPROXY_ENCODE_H

#include "calls.h"
#include "wire.h"

/* The memory that pointers point into. All return 0, or -1 if it is not there. */
struct memory {
	int (*in)(const struct memory *m, uint64_t from, void *to, size_t size);
	int (*out)(const struct memory *m, uint64_t to, const void *from, size_t size);
	/* At most size bytes with the NUL byte: their number without it; -1, or -2 if too long. */
	long (*string)(const struct memory *m, uint64_t from, char *to, size_t size);
	/* The same for a path, which may have another name at the other end. NULL: as it is. */
	long (*path)(const struct memory *m, uint64_t from, char *to, size_t size);
	void *context;
};

/* Of this process: addresses are pointers, good ones. */
extern const struct memory own_memory;

struct call_ids {
	uint32_t id, task, flags;
};

/*
 * Append the call as a frame. Sizes that may be cut are, in args. Returns 0, or a negative error
 * number: then nothing was appended.
 */
int call_encode(const struct call *call, const struct call_ids *ids, uint64_t args[CALL_ARGS],
		const struct memory *m, struct buffer *out);

/*
 * The result out of a reply (without its id), after what came with it was put into memory: what a
 * system call returns, a negative error number if it failed. A reply that does not fit the call
 * is -EPROTO.
 */
int64_t call_finish(const struct call *call, const uint64_t args[CALL_ARGS], const struct memory *m,
		    struct cursor *reply);

/* What both ends compute from a call's values: the size of a block, false if it is too large. */
bool block_size(const struct call *call, const uint64_t args[CALL_ARGS], int i, uint32_t *size);

/* Whether setsockopt is given a filter program, which has a pointer inside. */
bool option_is_filter(const uint64_t args[CALL_ARGS]);

#endif
