// SPDX-License-Identifier: GPL-2.0
/* Fails three calls below main(): by a write to nowhere, or by abort() in the C library. */
#include <stdlib.h>
#include <string.h>

static volatile int *volatile nowhere = (int *)0x10;

/* Volatile, and used after each call, so that no call becomes a jump. */
static volatile int kept;

__attribute__((noinline)) static void third(const char *how)
{
	if (!strcmp(how, "abort"))
		abort();
	*nowhere = 1;
	kept++;
}

__attribute__((noinline)) static void second(const char *how)
{
	third(how);
	kept++;
}

__attribute__((noinline)) static void first(const char *how)
{
	second(how);
	kept++;
}

int main(int argc, char **argv)
{
	first(argc > 1 ? argv[1] : "");
	return kept;
}
