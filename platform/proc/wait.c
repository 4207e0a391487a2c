// SPDX-License-Identifier: GPL-2.0
/* Waiting for input and time, and which lines want service. */
#include "proc.h"

static int watched[64] = { [0 ... 63] = -1 };
static uint64_t armed, ready;
/* Of the armed ones, those that the next wait announces without a look */
static uint64_t likely;
/* Waits in a row that did not look; others must not wait for a line that always has something. */
static unsigned int tries;
enum { TRIES_MOST = 16 };
/* A signal says that some descriptor has input, or that time is up. */
static volatile bool signalled;

/*
 * A signal costs more than all else that a frame does, both us and who sends it, so none
 * announces frames. A process that waits again and again finds them by that. One that
 * computes is interrupted to look: often while there are some, and seldom otherwise.
 */
enum { LOOK_SOON_US = 100, LOOK_LATE_US = 1000 };
static unsigned int look_us = LOOK_LATE_US;
static bool frames_expected;
/* Since the last such look */
static bool waited;
/* Nothing has happened since the process waited. */
static bool waiting;
/* What is served was found by a wait. */
static bool served_wait;

void host_watch(unsigned int line, int fd)
{
	watched[line] = fd;
	armed |= 1ul << line;
	frames_expected = frames_expected || line >= LINE_NET;
}

void host_try(unsigned int line)
{
	likely |= 1ul << line;
}

bool host_served_wait(void)
{
	return served_wait;
}

void host_signalled(void)
{
	signalled = true;
}

void host_raise(unsigned int line)
{
	ready |= 1ul << line;
}

bool host_wait_for(int fd, short events, long limit_ms)
{
	struct host_timespec limit = { limit_ms / 1000, limit_ms % 1000 * 1000000 };
	struct host_pollfd p = { .fd = fd, .events = events };

	return host_call(NR_PPOLL, (long)&p, 1, limit_ms < 0 ? 0 : (long)&limit, 0, 0, 0) > 0;
}

/* Wait no longer than that (NULL: for ever) for input of what is armed. False: a signal came. */
static bool look(const struct host_timespec *limit)
{
	struct host_pollfd p[64];
	unsigned int line[64], n = 0;

	for (uint64_t left = armed; left; left &= left - 1) {
		line[n] = __builtin_ctzl(left);
		p[n] = (struct host_pollfd){ .fd = watched[line[n]], .events = HOST_POLLIN };
		n++;
	}
	if (host_call(NR_PPOLL, (long)p, n, (long)limit, 0, 0, 0) < 0)
		return false;
	while (n--) {
		if (p[n].revents) {
			armed &= ~(1ul << line[n]);
			ready |= 1ul << line[n];
		}
	}
	likely &= armed;
	return true;
}

static bool announce_likely(void)
{
	if (!likely || tries == TRIES_MOST) {
		tries = 0;
		return false;
	}
	tries++;
	ready |= likely;
	armed &= ~likely;
	likely = 0;
	return true;
}

/*
 * After a long wait the next is likely to be long as well: then no signal is to end it for nothing.
 * What comes while this decides to wait is not lost: input makes ppoll return at once,
 * and so does a timer that is due by then.
 */
void rumpuser_idle(void)
{
	static bool was_long;
	uint64_t begin = host_now_us();
	struct host_timespec limit;
	bool over = false;
	int64_t left;

	waited = waiting = true;
	if (announce_likely())
		return;
	if (was_long)
		host_timer_off();
	while (!ready && !over) {
		signalled = false;
		left = host_timer_left();
		limit = (struct host_timespec){ left / 1000000000, left % 1000000000 };
		over = look(left < 0 ? NULL : &limit);
	}
	was_long = host_now_us() - begin > LOOK_LATE_US;
}

/* Time is up, or there is input that is announced. */
static void look_between(void)
{
	static const struct host_timespec at_once;

	signalled = false;
	look(&at_once);
	look_us = ready && !waited ? LOOK_SOON_US : look_us * 2;
	if (waited || look_us > LOOK_LATE_US)
		look_us = LOOK_LATE_US;
	waited = false;
}

uint64_t rumpuser_irq_take(void)
{
	uint64_t lines;

	if (signalled)
		look_between();
	if (host_timer_take())
		ready |= 1ul << LINE_TIMER;
	lines = ready;
	ready = 0;
	/* A process that goes on waiting has no use for signals. */
	if (lines || !waiting)
		host_timer_keep(frames_expected ? look_us : 0);
	served_wait = waiting;
	waiting = false;
	return lines;
}
