// SPDX-License-Identifier: GPL-2.0
/* The start: what the host handed over, and the order in which the platform is made. */
#include "proc.h"

enum { AT_HWCAP2 = 26 };
#define HWCAP2_FSGSBASE 2

static const uint64_t *auxv;

uint64_t host_auxv(uint64_t type)
{
	for (const uint64_t *a = auxv; a[0]; a += 2)
		if (a[0] == type)
			return a[1];
	return 0;
}

static size_t length(const char *s)
{
	size_t n = 0;

	while (s[n])
		n++;
	return n;
}

void host_fail(const char *what)
{
	HOST(NR_WRITE, 2, "rumprun: ", 9, 0);
	HOST(NR_WRITE, 2, what, length(what), 0);
	HOST(NR_WRITE, 2, "\n", 1, 0);
	HOST(NR_EXIT_GROUP, 71, 0, 0, 0);
	for (;;)
		;
}

/* @boot: the process's stack as the System V ABI for AMD64 (3.4.1) lays it out. */
int rumpuser_init(int version, const void *boot, const struct rumpuser_hyperup *up)
{
	const uint64_t *stack = boot, *p = stack + 1;

	if (version != RUMPUSER_VERSION)
		return -1;
	p += stack[0] + 1;
	while (*p)
		p++;
	auxv = p + 1;
	if (!(host_auxv(AT_HWCAP2) & HWCAP2_FSGSBASE))
		host_fail("the host lacks the instructions wrfsbase and rdfsbase: it needs Linux "
			  "5.9 and a processor of 2012 or later");
	host_options_read(stack[0], (char **)(stack + 1));
	host_clock_init();
	host_entropy_init();
	host_image_init();
	host_console_init();
	host_net_init();
	host_block_init();
	host_signals_init();
	host_confine_begin();
	host_memory_init(up);
	host_helper_start();
	host_signals_block(false);
	return 0;
}

void rumpuser_confine(void)
{
	host_confine_end();
	host_filter();
}
