// SPDX-License-Identifier: GPL-2.0
/* The first program: its arguments, one a line, and how many they were as the exit status. */
#include <stdio.h>

int main(int argc, char **argv)
{
	puts("Hello, rump kernel!");
	for (int i = 1; i < argc; i++)
		puts(argv[i]);
	return argc - 1;
}
