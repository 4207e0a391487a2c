// SPDX-License-Identifier: GPL-2.0
/* Threads and per-thread data, and a number out of Linux's own headers. */
#include "sums.h"

#include <linux/version.h>
#include <stdio.h>

#ifndef __RUMPRUN__
#error "not compiled by the cross compiler"
#endif

int main(void)
{
	long sum = sum_by_threads(100000, 4);

	printf("built with the headers of Linux %d\n", LINUX_VERSION_MAJOR);
	if (sum != 5000050000) {
		printf("FAIL meson: the sum of four threads: %ld\n", sum);
		return 1;
	}
	puts("ok meson: the sum of four threads");
	return 0;
}
