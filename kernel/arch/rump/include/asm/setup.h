/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_SETUP_H
#define _ASM_RUMP_SETUP_H
#define COMMAND_LINE_SIZE 2048

#ifndef __ASSEMBLY__
/* AT_HWCAP: CPUID 1 edx */
extern unsigned int rump_hwcap;

/* The flavour's: makes the platform known (rumpuser_init), then starts the log. */
void rump_platform_init(void);
#endif
#endif
