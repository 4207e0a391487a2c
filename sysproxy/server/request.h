/* SPDX-License-Identifier: GPL-2.0 */
/* The server's side of a call: a frame taken apart, executed, and answered. */
#ifndef RUMPRUN_SYSPROXY_REQUEST_H
#define RUMPRUN_SYSPROXY_REQUEST_H

#include "calls.h"
#include "wire.h"

struct request_block {
	const uint8_t *in;
	uint32_t in_size;
	uint32_t room; /* for what goes back */
};

struct request {
	uint32_t id, task, flags;
	uint32_t nr;
	/* NULL if we know no such call; what else is wrong with it is in error, a positive number.
	 */
	const struct call *call;
	int error;
	uint64_t args[CALL_ARGS];
	struct request_block block[CALL_ARGS];
};

/* Take a FRAME_CALL apart; pointers lead into data. -1 if it is malformed. */
int request_parse(const uint8_t *data, size_t size, struct request *r);

/* Execute it, and append the reply as a frame. */
void request_run(const struct request *r, struct buffer *out);
/* The reply without doing it. */
void request_refuse(const struct request *r, int error, struct buffer *out);

#endif
