// SPDX-License-Identifier: GPL-2.0
#include "encode.h"

static int own_in(const struct memory *m, uint64_t from, void *to, size_t size)
{
	(void)m;
	memcpy(to, (const void *)(uintptr_t)from, size);
	return 0;
}

static int own_out(const struct memory *m, uint64_t to, const void *from, size_t size)
{
	(void)m;
	memcpy((void *)(uintptr_t)to, from, size);
	return 0;
}

static long own_string(const struct memory *m, uint64_t from, char *to, size_t size)
{
	size_t n = strnlen((const char *)(uintptr_t)from, size);

	(void)m;
	if (n == size)
		return -2;
	memcpy(to, (const char *)(uintptr_t)from, n + 1);
	return n;
}

const struct memory own_memory = { .in = own_in, .out = own_out, .string = own_string };
