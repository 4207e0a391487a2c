/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_USER_MODE_H
#define _ASM_RUMP_USER_MODE_H
/*
 * Kernel and program run at the same privilege; addresses tell which of the two
 * was running: the program lives in the lower half. The stack pointer is looked
 * at too, or a kernel jump through a null pointer would pass for the program.
 */
#define user_mode(regs) ((long)((regs)->ip | (regs)->sp) >= 0)
#endif
