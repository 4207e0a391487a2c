// SPDX-License-Identifier: GPL-2.0
/* Guesses from the last bursts of frames about the next. */
#include "burst.h"

enum { EXPECTED_MOST = 64, HITS_TO_GROW = 8, PAUSE_MOST = 15, SAME_LEAST = 8 };

/* Where frames keep coming, the next try finds what is left. Else bursts must be of one size. */
bool burst_is_over(const struct burst *b)
{
	bool certain = b->backoff <= 1 || b->same >= SAME_LEAST;

	return certain && b->expected && b->got >= b->expected;
}

/* Where there is always more, bursts might be larger. */
static void hit(struct burst *b)
{
	b->pause = b->backoff = 0;
	if (++b->hits % HITS_TO_GROW == 0 && b->expected < EXPECTED_MOST)
		b->expected *= 2;
}

void burst_frame(struct burst *b)
{
	if (b->tried && !b->got)
		hit(b);
	b->tried = false;
	b->got++;
}

static bool end_of_none(struct burst *b)
{
	if (b->tried) {
		b->backoff = b->backoff < PAUSE_MOST ? 2 * b->backoff + 1 : PAUSE_MOST;
		b->pause = b->backoff;
	}
	b->tried = false;
	return false;
}

bool burst_end(struct burst *b, bool asked)
{
	if (!b->got)
		return end_of_none(b);
	if (asked) {
		b->same = b->got == b->expected ? b->same + 1 : 0;
		b->expected = b->got < b->expected ? (b->expected + b->got) / 2 : b->got;
		b->hits = 0;
	}
	b->got = 0;
	b->tried = !b->pause;
	if (b->pause)
		b->pause--;
	return b->tried;
}
