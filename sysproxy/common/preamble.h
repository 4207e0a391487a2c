/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A console is one byte stream for all that come one after the other, so what an earlier client
 * left in it must not be taken for the next one's, and what this one says may go to the session
 * before. So a client asks, with a nonce, until it is answered with the same; then it says, with
 * the nonce again, that it begins. Each end drops everything until it has seen what it waits for.
 */
#ifndef RUMPRUN_SYSPROXY_PREAMBLE_H
#define RUMPRUN_SYSPROXY_PREAMBLE_H

#include <stdbool.h>
#include <stdint.h>

#define PREAMBLE_ASK   "\036RUMP SYSPROXY 1\n"
#define PREAMBLE_BEGIN "\036RUMP SYSPROXY !\n"

enum {
	PREAMBLE_MAGIC_SIZE = sizeof(PREAMBLE_ASK) - 1,
	PREAMBLE_NONCE_SIZE = 16,
	PREAMBLE_SIZE = PREAMBLE_MAGIC_SIZE + PREAMBLE_NONCE_SIZE,
	PREAMBLE_AGAIN_MS = 250,
	PREAMBLE_TIMES = 80,
};

/* The last bytes, the newest at the end. */
struct preamble {
	uint8_t seen[PREAMBLE_SIZE];
};

void preamble_make(uint8_t text[PREAMBLE_SIZE], const char *magic,
		   const uint8_t nonce[PREAMBLE_NONCE_SIZE]);
/* One byte more. */
void preamble_take(struct preamble *p, uint8_t byte);
/* Whether they are this, with the nonce, or with any if that is NULL. */
bool preamble_is(const struct preamble *p, const char *magic,
		 const uint8_t nonce[PREAMBLE_NONCE_SIZE]);
static inline const uint8_t *preamble_nonce(const struct preamble *p)
{
	return p->seen + PREAMBLE_MAGIC_SIZE;
}

#endif
