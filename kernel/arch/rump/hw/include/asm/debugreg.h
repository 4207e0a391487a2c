/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_DEBUGREG_H
#define _ASM_RUMP_DEBUGREG_H
#include <linux/types.h>
/* Intel SDM vol. 3, 17.2.3. The bits are sticky: software writes them back. */
#define DR6_RESERVED 0xffff0ff0UL
#define DR_TRAP_BITS 0xfUL
#define DR_STEP	     (1UL << 14)

static __always_inline u64 read_dr6(void)
{
	u64 v;

	asm volatile("mov %%db6,%0" : "=r"(v));
	return v;
}

static __always_inline void write_dr6(u64 v)
{
	asm volatile("mov %0,%%db6" ::"r"(v));
}
#endif
