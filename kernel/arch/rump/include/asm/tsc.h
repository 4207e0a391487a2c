/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_TSC_H
#define _ASM_RUMP_TSC_H
#include <linux/types.h>

/* The time stamp counter: Intel SDM vol. 3, 18.17. */
static __always_inline u64 rdtsc(void)
{
	u32 low, high;

	asm volatile("rdtsc" : "=a"(low), "=d"(high));
	return low | ((u64)high << 32);
}
#endif
