// SPDX-License-Identifier: GPL-2.0
/*
 * Prints the time stamp counter as it is in main(), and how fast it counts. It counts from reset:
 * in QEMU's "-icount shift=0" one an instruction, else by the host's clock.
 */
#include <stdio.h>
#include <time.h>
#include <x86intrin.h>

enum { MEASURED_NS = 5000000 };

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(void)
{
	unsigned long long main_tsc = __rdtsc(), tsc;
	long long begin, end;

	printf("main %llu\n", main_tsc);
	fflush(stdout);
	begin = now();
	tsc = __rdtsc();
	while ((end = now()) < begin + MEASURED_NS)
		;
	printf("kHz %lld\n", (long long)(__rdtsc() - tsc) * 1000000 / (end - begin));
	return 0;
}
