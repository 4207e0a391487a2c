/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How many frames to read before waiting. To ask until there is none costs a call for each
 * burst, and so does a wait that ends at once. Both are spared by guessing: a process that is
 * about to wait tries to read instead, if that went well before, and a burst is over after
 * as many frames as are expected. A wrong guess costs the call that would have been made
 * without it; misses make tries rare.
 *
 * No frame is forgotten as long as the reader arms its line at the end of each burst: while there
 * is input, each wait and each look ends at once.
 */
#ifndef PROC_BURST_H
#define PROC_BURST_H

#include <stdbool.h>

/* All zero at first. */
struct burst {
	unsigned int got;      /* frames since the last end */
	unsigned int expected; /* frames; 0: unknown */
	unsigned int same;     /* ends in a row at which just so many had come, if asked */
	unsigned int hits;     /* tries that found one since a burst was smaller than expected */
	unsigned int backoff;  /* ends without a try after the last miss; 0 after a hit */
	unsigned int pause;    /* such ends still to come */
	bool tried;
};

/* Whether not to ask for more, in a process that will wait soon. */
bool burst_is_over(const struct burst *b);

/* A frame was read. */
void burst_frame(struct burst *b);

/*
 * None was read. Asked: the host has said so. True: try to read before the next wait;
 * never after a try that found nothing, so that a wait follows.
 */
bool burst_end(struct burst *b, bool asked);

#endif
