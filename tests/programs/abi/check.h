/* SPDX-License-Identifier: GPL-2.0 */
/* What the test programs share: one line a check, the exit status at the end. */
#ifndef CHECK_H
#define CHECK_H
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

static int check_failed;

__attribute__((format(printf, 3, 4))) static inline void check(const char *name, int good,
							       const char *why, ...)
{
	va_list args;

	if (good) {
		printf("ok %s\n", name);
		return;
	}
	check_failed = 1;
	printf("FAIL %s: ", name);
	va_start(args, why);
	vprintf(why, args);
	va_end(args);
	printf("\n");
}

static inline int check_done(void)
{
	fflush(stdout);
	return check_failed;
}
#endif
