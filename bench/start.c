// SPDX-License-Identifier: GPL-2.0
/* Prints the time stamp counter as "start TSC", then becomes the program that its arguments name.
 */
#include <stdio.h>
#include <unistd.h>
#include <x86intrin.h>

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	printf("start %llu\n", (unsigned long long)__rdtsc());
	fflush(stdout);
	execv(argv[1], argv + 1);
	perror(argv[1]);
	return 1;
}
