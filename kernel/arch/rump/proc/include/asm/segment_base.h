/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_SEGMENT_BASE_H
#define _ASM_RUMP_SEGMENT_BASE_H
#include <linux/bug.h>
#include <asm/rumpuser.h>

/* The platform refuses a host without the instructions. */
static __always_inline void write_fs_slow(unsigned long base)
{
	BUG();
}

static __always_inline void write_gs_slow(unsigned long base)
{
	BUG();
}

static inline bool fsgsbase_enable(void)
{
	return true;
}
#endif
