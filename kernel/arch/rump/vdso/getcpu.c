// SPDX-License-Identifier: GPL-2.0
#include <linux/getcpu.h>
#include <asm/cpunode.h>
#include <asm/vdso.h>

long __vdso_getcpu(unsigned int *cpu, unsigned int *node, struct getcpu_cache *unused);
long __vdso_getcpu(unsigned int *cpu, unsigned int *node, struct getcpu_cache *unused)
{
	unsigned int both = vdso_read_cpunode();

	if (cpu)
		*cpu = both & VDSO_CPU_MASK;
	if (node)
		*node = both >> VDSO_CPU_BITS;
	return 0;
}

long getcpu(unsigned int *cpu, unsigned int *node, struct getcpu_cache *unused)
	__attribute__((weak, alias("__vdso_getcpu")));
