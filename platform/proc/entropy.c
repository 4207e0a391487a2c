// SPDX-License-Identifier: GPL-2.0
/* Random bytes for the start, taken while the host can still be asked. */
#include "proc.h"

enum { GRND_NONBLOCK = 1 };

static char entropy[64];
static size_t entropy_left;

void host_entropy_init(void)
{
	long n = HOST(NR_GETRANDOM, entropy, sizeof(entropy), GRND_NONBLOCK, 0);

	entropy_left = n > 0 ? n : 0;
}

/* Each byte is given once. */
size_t rumpuser_entropy(void *buf, size_t n)
{
	char *to = buf;
	size_t i;

	for (i = 0; i < n && entropy_left; i++) {
		to[i] = entropy[--entropy_left];
		entropy[entropy_left] = 0;
	}
	return i;
}
