/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_BUG_H
#define _ASM_RUMP_BUG_H
#include "../../../x86/include/asm/bug.h"

#ifdef CONFIG_GENERIC_BUG
/*
 * As arch/x86's, but that each entry lies in a section of its own, which is tied to the function it
 * is about ("o"): the linker drops both together, where one table would keep all functions with a
 * WARN(). What links objects needs --unique=__bug_table to keep the ties apart.
 */
#undef _BUG_FLAGS
#define _BUG_FLAGS(ins, flags, extra)                                                   \
	asm_inline volatile(".Lbug%=:\t" ins "\n"                                       \
			    "\t.pushsection __bug_table,\"awo\",@progbits,.Lbug%=\n"    \
			    "2:\t.long .Lbug%= - .\n" __BUG_PLACE "\t.word %c0\n"       \
			    "\t.org 2b + %c1\n"                                         \
			    "\t.popsection\n" extra                                     \
			    :                                                           \
			    : "i"(flags), "i"(sizeof(struct bug_entry)), "i"(__FILE__), \
			      "i"(__LINE__))
#ifdef CONFIG_DEBUG_BUGVERBOSE
#define __BUG_PLACE "\t.long %c2 - .\n\t.word %c3\n"
#else
#define __BUG_PLACE ""
#endif
#endif

struct pt_regs;
void die(const char *what, struct pt_regs *regs, long err);
#endif
