/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_CPUNODE_H
#define _ASM_RUMP_CPUNODE_H
#include <asm/segment.h>

/* For the vDSO: CPU and node, as asm/vdso.h puts them together, from the limit of a segment. */
static inline unsigned int vdso_read_cpunode(void)
{
	unsigned int limit;

	asm volatile("lsl %1,%0" : "=r"(limit) : "r"(RUMP_CPUNODE));
	return limit;
}
#endif
