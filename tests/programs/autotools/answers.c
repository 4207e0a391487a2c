// SPDX-License-Identifier: GPL-2.0
/* What configure believes of the machine, held against the machine. */
#include "config.h"
#include "files.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __RUMPRUN__
#error "not compiled by the cross compiler"
#endif

/* configure defines a macro as 1, as 0, or not at all. */
#define TEXT(words)	#words
#define TEXT_OF(macro)	TEXT(macro)
#define BELIEVED(macro) (!strcmp(TEXT_OF(macro), "1"))

static bool failed;

static void same(const char *what, bool believed, bool found)
{
	printf("%s autotools: %s", believed == found ? "ok" : "FAIL", what);
	if (believed != found) {
		printf(": configure says %d, the machine %d", believed, found);
		failed = true;
	}
	putchar('\n');
}

static bool forks(void)
{
	int status = 0;
	pid_t pid = fork();

	if (!pid)
		_exit(7);
	return pid > 0 && waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 7;
}

static bool allocates_nothing(void)
{
	void *volatile nothing = malloc(0);
	bool some = nothing;

	free(nothing);
	return some;
}

int main(void)
{
	same("malloc(0)", BELIEVED(HAVE_MALLOC), allocates_nothing());
	same("fork", BELIEVED(HAVE_WORKING_FORK), forks());
	same("a private fixed mapping", BELIEVED(HAVE_MMAP), file_maps_fixed());
	same("lstat of a link with a slash", BELIEVED(LSTAT_FOLLOWS_SLASHED_SYMLINK),
	     file_link_with_slash_is_followed());
	same("utime with NULL", BELIEVED(HAVE_UTIME_NULL), file_times_can_be_now());
	same("chown", BELIEVED(HAVE_CHOWN), file_owner_can_change());
	same("/dev/zero", BELIEVED(HAVE__DEV_ZERO), !access("/dev/zero", R_OK));
	same("/dev/urandom", BELIEVED(HAVE__DEV_URANDOM), !access("/dev/urandom", R_OK));
	return failed;
}
