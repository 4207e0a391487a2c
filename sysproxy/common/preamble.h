/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A console is one byte stream for all that come one after the other, so what an earlier client
 * left in it must not be taken for the next one's. A client begins with the magic and a nonce, and
 * the server repeats both; each end drops everything until it has seen what it waits for.
 */
#ifndef RUMPRUN_SYSPROXY_PREAMBLE_H
#define RUMPRUN_SYSPROXY_PREAMBLE_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#define PREAMBLE_MAGIC "\036RUMP SYSPROXY 1\n"

enum {
	PREAMBLE_MAGIC_SIZE = sizeof(PREAMBLE_MAGIC) - 1,
	PREAMBLE_NONCE_SIZE = 16,
	PREAMBLE_SIZE = PREAMBLE_MAGIC_SIZE + PREAMBLE_NONCE_SIZE,
	PREAMBLE_PATIENCE_MS = 10000,
};

struct preamble {
	/* The last bytes, the newest at the end. */
	uint8_t seen[PREAMBLE_SIZE];
	/* What to wait for, unless any will do: then it is filled in. */
	uint8_t nonce[PREAMBLE_NONCE_SIZE];
	bool any;
};

/* One byte more. True when it was the last of a preamble that was waited for. */
bool preamble_take(struct preamble *p, uint8_t byte);

#endif
