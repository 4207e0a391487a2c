// SPDX-License-Identifier: GPL-2.0
#include "preamble.h"

#include <string.h>

bool preamble_take(struct preamble *p, uint8_t byte)
{
	const uint8_t *nonce = p->seen + PREAMBLE_MAGIC_SIZE;

	memmove(p->seen, p->seen + 1, PREAMBLE_SIZE - 1);
	p->seen[PREAMBLE_SIZE - 1] = byte;
	if (memcmp(p->seen, PREAMBLE_MAGIC, PREAMBLE_MAGIC_SIZE))
		return false;
	if (p->any)
		memcpy(p->nonce, nonce, PREAMBLE_NONCE_SIZE);
	return !memcmp(p->nonce, nonce, PREAMBLE_NONCE_SIZE);
}
