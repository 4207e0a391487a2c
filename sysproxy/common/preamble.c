// SPDX-License-Identifier: GPL-2.0
#include "preamble.h"

#include <string.h>

void preamble_make(uint8_t text[PREAMBLE_SIZE], const char *magic,
		   const uint8_t nonce[PREAMBLE_NONCE_SIZE])
{
	memcpy(text, magic, PREAMBLE_MAGIC_SIZE);
	memcpy(text + PREAMBLE_MAGIC_SIZE, nonce, PREAMBLE_NONCE_SIZE);
}

void preamble_take(struct preamble *p, uint8_t byte)
{
	memmove(p->seen, p->seen + 1, PREAMBLE_SIZE - 1);
	p->seen[PREAMBLE_SIZE - 1] = byte;
}

bool preamble_is(const struct preamble *p, const char *magic,
		 const uint8_t nonce[PREAMBLE_NONCE_SIZE])
{
	return !memcmp(p->seen, magic, PREAMBLE_MAGIC_SIZE) &&
	       (!nonce || !memcmp(preamble_nonce(p), nonce, PREAMBLE_NONCE_SIZE));
}
