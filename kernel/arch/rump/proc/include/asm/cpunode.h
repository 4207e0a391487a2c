/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_CPUNODE_H
#define _ASM_RUMP_CPUNODE_H
/* For the vDSO: there is one CPU, and what the host's segment tells is the host's. */
static inline unsigned int vdso_read_cpunode(void)
{
	return 0;
}
#endif
