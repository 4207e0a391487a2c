/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_CPUID_H
#define _ASM_RUMP_CPUID_H
#include <linux/types.h>

/*
 * What the CPU can do (Intel SDM vol. 2, CPUID). Asking costs a trap under
 * virtualisation: kernel/cpuid.c keeps what is asked for most.
 */
static inline void cpuid(u32 leaf, u32 subleaf, u32 *a, u32 *b, u32 *c, u32 *d)
{
	asm volatile("cpuid" : "=a"(*a), "=b"(*b), "=c"(*c), "=d"(*d) : "0"(leaf), "2"(subleaf));
}

enum cpuid_reg { CPUID_EAX, CPUID_EBX, CPUID_ECX, CPUID_EDX };

static inline u32 cpuid_reg(u32 leaf, u32 subleaf, enum cpuid_reg reg)
{
	u32 r[4];

	cpuid(leaf, subleaf, &r[0], &r[1], &r[2], &r[3]);
	return r[reg];
}

struct cpuid_bit {
	u32 leaf;
	enum cpuid_reg reg;
	u8 bit;
};

#define CPUID_BIT(leaf, reg, bit) ((struct cpuid_bit){ leaf, reg, bit })
#define CPU_HAS_CX16		  CPUID_BIT(0x1, CPUID_ECX, 13)
#define CPU_HAS_XSAVE		  CPUID_BIT(0x1, CPUID_ECX, 26)
#define CPU_HAS_RDRAND		  CPUID_BIT(0x1, CPUID_ECX, 30)
#define CPU_HAS_FSGSBASE	  CPUID_BIT(0x7, CPUID_EBX, 0)
#define CPU_HAS_RDSEED		  CPUID_BIT(0x7, CPUID_EBX, 18)
#define CPU_HAS_GBPAGES		  CPUID_BIT(0x80000001, CPUID_EDX, 26)
#define CPU_HAS_RDTSCP		  CPUID_BIT(0x80000001, CPUID_EDX, 27)

/* Of leaf 1, 7 or 0x80000001, as it was at the first question; 0 if the CPU has no such leaf. */
u32 cpuid_basic(u32 leaf, enum cpuid_reg reg);
bool cpu_has(struct cpuid_bit f);
#endif
