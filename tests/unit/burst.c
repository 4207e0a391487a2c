// SPDX-License-Identifier: GPL-2.0
/* What a process asks the host for its frames, and that it sleeps only when there are none. */
#include "burst.h"
#include "unit.h"

static struct burst b;
static unsigned int queue; /* frames that the host has */
static unsigned int empty_reads, looks, sleeps, taken;

static void begin(void)
{
	b = (struct burst){ 0 };
	queue = empty_reads = looks = sleeps = taken = 0;
}

/* As rumpuser_net_receive() in a process that waits: whether to try before the next wait. */
static bool serve(void)
{
	while (!burst_is_over(&b)) {
		if (!queue) {
			empty_reads++;
			return burst_end(&b, true);
		}
		queue--;
		taken++;
		burst_frame(&b);
	}
	return burst_end(&b, false);
}

/*
 * From the end of one sleep to the next, which is a look that finds nothing for a while;
 * `more` frames come while each of the first `busy` bursts is answered.
 */
static void until_sleep(unsigned int more, unsigned int busy)
{
	bool try;

	do {
		try = serve();
		queue += busy ? more : 0;
		busy -= busy ? 1 : 0;
		looks += !try;
	} while (try || queue);
	sleeps++;
}

static void rounds(unsigned int n, unsigned int frames)
{
	for (unsigned int i = 0; i < n; i++) {
		queue += frames;
		until_sleep(0, 0);
	}
}

/* A client that waits for each answer: a frame, an answer, a wait. */
static void test_alone(void)
{
	begin();
	rounds(320, 1);
	check("each frame is taken", taken == 320);
	check("each is followed by a wait", sleeps == 320);
	check("few questions in vain", empty_reads <= 320 / 16 + 15);
	check("a look for each frame", looks == 320);
}

/* Bursts of one size: the host is not asked for one more than there are. */
static void test_same(void)
{
	begin();
	rounds(320, 7);
	check("all frames of each burst are taken before the wait", taken == 320 * 7);
	check("few questions in vain", empty_reads <= 320 / 16 + 15);
}

/* More comes while the last is answered: neither looks nor questions in vain. */
static void test_busy(void)
{
	begin();
	queue = 3;
	until_sleep(3, 1000);
	check("all frames are taken", taken == 3 + 3 * 1000);
	check("a wait when there are none", queue == 0 && sleeps == 1);
	check("few looks while there are some", looks <= 3);
	check("few questions in vain", empty_reads <= 1000 / 4);
}

/* A burst that is larger than expected is not left. */
static void test_larger(void)
{
	begin();
	rounds(100, 1);
	rounds(1, 500);
	check("all frames are taken before the wait", taken == 600 && queue == 0);
	begin();
	rounds(3, 50);
	rounds(20, 1);
	check("and what is expected falls", taken == 170 && b.expected == 1);
}

/* Whatever the order, all is taken, and by no more calls than by asking each time. */
static void test_random(void)
{
	unsigned int seed = 1, bursts = 0, busy, left = 0;

	begin();
	for (unsigned int i = 0; i < 10000; i++) {
		seed = seed * 1103515245 + 12345;
		queue += 1 + (seed >> 16) % 9;
		busy = (seed >> 20) % 4;
		bursts += 1 + busy;
		until_sleep(1 + (seed >> 24) % 5, busy);
		left += queue;
	}
	check("all frames are taken before each sleep", !left);
	check("no more calls than by asking after each burst", empty_reads + looks <= 2 * bursts);
}

int main(void)
{
	test_alone();
	test_same();
	test_busy();
	test_larger();
	test_random();
	return 0;
}
