/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_CPUFEATURES_H
#define _ASM_RUMP_CPUFEATURES_H
/*
 * arch/x86's cmpxchg_64.h asks for one feature, which boot code insists on
 * (hw/cpu.c). No driver is built that asks for others.
 */
#define X86_FEATURE_CX16      (4 * 32 + 13)
#define boot_cpu_has(feature) ((feature) == X86_FEATURE_CX16)
#endif
