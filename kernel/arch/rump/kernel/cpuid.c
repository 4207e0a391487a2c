// SPDX-License-Identifier: GPL-2.0
/* What the CPU can do, asked once: under virtualisation each question is a trap of microseconds. */
#include <linux/array_size.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <asm/barrier.h>
#include <asm/cpuid.h>

/*
 * All CPUs say the same of the bits that are asked for, so whoever comes first may write; what is
 * known has been written. Leaf 7 is the only one that a CPU with a long mode can lack: for it one
 * leaf more is asked for (Intel SDM vol. 2, CPUID: what lies beyond the highest leaf is garbage).
 */
static struct {
	u32 leaf;
	bool known;
	u32 regs[4];
} leaves[] = { { 0x1 }, { 0x7 }, { 0x80000001 } };

u32 cpuid_basic(u32 leaf, enum cpuid_reg reg)
{
	unsigned int i = 0;

	while (leaves[i].leaf != leaf)
		if (WARN_ON_ONCE(++i == ARRAY_SIZE(leaves)))
			return 0;
	if (!smp_load_acquire(&leaves[i].known)) {
		u32 *r = leaves[i].regs;

		if (leaf != 0x7 || cpuid_reg(0, 0, CPUID_EAX) >= leaf)
			cpuid(leaf, 0, &r[0], &r[1], &r[2], &r[3]);
		smp_store_release(&leaves[i].known, true);
	}
	return leaves[i].regs[reg];
}

bool cpu_has(struct cpuid_bit f)
{
	return cpuid_basic(f.leaf, f.reg) >> f.bit & 1;
}
EXPORT_SYMBOL(cpu_has);
