// SPDX-License-Identifier: GPL-2.0
/* Prints the time stamp counter as it is in main(): since reset, in QEMU's "-icount shift=0" one an
 * instruction. */
#include <stdio.h>
#include <x86intrin.h>

int main(void)
{
	unsigned long long now = __rdtsc();

	printf("main %llu\n", now);
	return 0;
}
