// SPDX-License-Identifier: GPL-2.0
/* RDSEED, else RDRAND (Intel SDM volume 1, 7.3.17). */
#include "hw.h"
#include "x86.h"

#define CPUID_1_C_RDRAND (1u << 30)
#define CPUID_7_B_RDSEED (1u << 18)
#define TRIES		 10 /* SDM: RDRAND that fails ten times in a row is broken */

static bool seed(uint64_t *v)
{
	bool ok;

	asm volatile("rdseed %0" : "=r"(*v), "=@ccc"(ok));
	return ok;
}

static bool rand(uint64_t *v)
{
	bool ok;

	asm volatile("rdrand %0" : "=r"(*v), "=@ccc"(ok));
	return ok;
}

static bool word(bool has_seed, bool has_rand, uint64_t *v)
{
	unsigned int i;

	if (has_seed && seed(v))
		return true;
	for (i = 0; has_rand && i < TRIES; i++)
		if (rand(v))
			return true;
	return false;
}

size_t rumpuser_entropy(void *buf, size_t n)
{
	bool has_rand = hw_cpuid(1, 0).c & CPUID_1_C_RDRAND;
	bool has_seed = hw_cpuid(0, 0).a >= 7 && (hw_cpuid(7, 0).b & CPUID_7_B_RDSEED);
	unsigned char *p = buf;
	size_t done, i;
	uint64_t v;

	for (done = 0; done < n && word(has_seed, has_rand, &v); done += i)
		for (i = 0; i < sizeof(v) && done + i < n; i++)
			p[done + i] = v >> (8 * i);
	return done;
}
