// SPDX-License-Identifier: GPL-2.0
/* Waiting for input and time, and which lines want service. */
#include "proc.h"

static int watched[64] = { [0 ... 63] = -1 };
static uint64_t armed, ready;
/* A signal says that some descriptor has input, or that time is up. */
static volatile bool signalled;

void host_watch(unsigned int line, int fd)
{
	watched[line] = fd;
	armed |= 1ul << line;
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

/* Wait no longer than that (NULL: for ever) for input of what is armed. */
static void look(const struct host_timespec *limit)
{
	struct host_pollfd p[64];
	unsigned int line[64], n = 0;

	for (uint64_t left = armed; left; left &= left - 1) {
		line[n] = __builtin_ctzl(left);
		p[n] = (struct host_pollfd){ .fd = watched[line[n]], .events = HOST_POLLIN };
		n++;
	}
	if (host_call(NR_PPOLL, (long)p, n, (long)limit, 0, 0, 0) <= 0)
		return;
	while (n--) {
		if (p[n].revents) {
			armed &= ~(1ul << line[n]);
			ready |= 1ul << line[n];
		}
	}
}

/*
 * What comes while this decides to wait is not lost: input makes ppoll return at once,
 * and so does a timer that is due by then.
 */
void rumpuser_idle(void)
{
	int64_t left = host_timer_left();
	struct host_timespec limit = { left / 1000000000, left % 1000000000 };

	if (!ready)
		look(left < 0 ? NULL : &limit);
}

uint64_t rumpuser_irq_take(void)
{
	static const struct host_timespec at_once;
	uint64_t lines;

	if (signalled) {
		signalled = false;
		look(&at_once);
	}
	if (host_timer_take())
		ready |= 1ul << LINE_TIMER;
	lines = ready;
	ready = 0;
	return lines;
}
