/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_FPU_ENABLE_H
#define _ASM_RUMP_FPU_ENABLE_H
#include <linux/types.h>
#include <asm/cpuid.h>

#define CPUID_1_ECX_OSXSAVE BIT(27)

static inline void fpu_enable(void)
{
}

/* The host has enabled what it likes: Intel SDM vol. 2, XGETBV. */
static inline u64 fpu_enable_xfeatures(u64 features)
{
	u32 low, high;

	if (!(cpuid_basic(1, CPUID_ECX) & CPUID_1_ECX_OSXSAVE))
		return 0;
	asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	return features & (low | (u64)high << 32);
}
#endif
