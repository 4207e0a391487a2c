/* SPDX-License-Identifier: GPL-2.0 */
/* What the unit tests in C share: a line for each thing that was tried. */
#ifndef RUMPRUN_TEST_UNIT_H
#define RUMPRUN_TEST_UNIT_H

#include <stdio.h>
#include <string.h>

static inline void check(const char *what, int good)
{
	printf("%s %s%s\n", good ? "ok" : "FAIL", what, good ? "" : ": it is not so");
}

static inline void check_text(const char *what, const char *want, const char *got)
{
	if (strcmp(want, got))
		printf("FAIL %s: expected '%s', got '%s'\n", what, want, got);
	else
		printf("ok %s\n", what);
}

#endif
