// SPDX-License-Identifier: GPL-2.0
/*
 * How late timers are: sleeps until 50 us from now, many times, and prints how much later it went
 * on, as "late_SHARE NANOSECONDS": so many in a thousand were not later than that.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TIMES	 20000
#define AHEAD_NS 50000

static long late[TIMES];

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int compare(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;

	return (x > y) - (x < y);
}

int main(void)
{
	static const int shares[] = { 500, 900, 990, 999 };

	for (int i = 0; i < TIMES; i++) {
		long long until = now() + AHEAD_NS;
		struct timespec t = { until / 1000000000, until % 1000000000 };

		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
		late[i] = now() - until;
	}
	qsort(late, TIMES, sizeof(*late), compare);
	for (size_t i = 0; i < sizeof(shares) / sizeof(*shares); i++)
		printf("late_%d %ld\n", shares[i], late[TIMES / 1000 * shares[i]]);
	return 0;
}
