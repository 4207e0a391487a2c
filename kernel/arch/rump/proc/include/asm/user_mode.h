/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_USER_MODE_H
#define _ASM_RUMP_USER_MODE_H
/* Frames of interrupted kernel code have this in cs, in bits that iret ignores. */
#define CS_KERNEL	(1UL << 16)
#define user_mode(regs) (!((regs)->cs & CS_KERNEL))
#endif
