/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_FPU_ENABLE_H
#define _ASM_RUMP_FPU_ENABLE_H
#include <asm/cpuid.h>
#include <asm/msr.h>
#include <asm/processor-flags.h>

/* The FPU and SSE, for this CPU. */
static inline void fpu_enable(void)
{
	write_cr0((read_cr0() & ~(X86_CR0_EM | X86_CR0_TS)) | X86_CR0_MP);
	write_cr4(read_cr4() | X86_CR4_OSFXSR | X86_CR4_OSXMMEXCPT);
}

/*
 * The state components that XSAVE manages, for this CPU, of those that it has (Intel SDM vol. 1,
 * 13.2). Returns those that are enabled now.
 */
static inline u64 fpu_enable_xfeatures(u64 features)
{
	features &= cpuid_reg(0xd, 0, CPUID_EAX);
	write_cr4(read_cr4() | X86_CR4_OSXSAVE);
	asm volatile("xsetbv" ::"c"(0), "a"((u32)features), "d"((u32)(features >> 32)));
	return features;
}
#endif
