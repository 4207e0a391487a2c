/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_SEGMENT_BASE_H
#define _ASM_RUMP_SEGMENT_BASE_H
#include <asm/cpuid.h>
#include <asm/msr.h>
#include <asm/processor-flags.h>

/* Without the instructions there are the MSRs. */
static __always_inline void write_fs_slow(unsigned long base)
{
	wrmsrl(MSR_FS_BASE, base);
}

static __always_inline void write_gs_slow(unsigned long base)
{
	wrmsrl(MSR_PROGRAM_GS_BASE, base);
}

/* Whether the instructions can be used, on this CPU, from now on. */
static inline bool fsgsbase_enable(void)
{
	if (!cpu_has(CPU_HAS_FSGSBASE))
		return false;
	write_cr4(read_cr4() | X86_CR4_FSGSBASE);
	return true;
}
#endif
