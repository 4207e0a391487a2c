/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_BUG_H
#define _ASM_RUMP_BUG_H
#include "../../../x86/include/asm/bug.h"

struct pt_regs;
void die(const char *what, struct pt_regs *regs, long err);
#endif
