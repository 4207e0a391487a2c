/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_VMLINUX_LDS_H
#define _ASM_RUMP_VMLINUX_LDS_H
/* For linker scripts: what Linux has for all, and what differs here. */
#include <asm-generic/vmlinux.lds.h>

/* Without KEEP: each entry is tied to its function (asm/bug.h). */
#undef BUG_TABLE
/* clang-format off */
#define BUG_TABLE						\
	. = ALIGN(8);						\
	__bug_table : AT(ADDR(__bug_table) - LOAD_OFFSET) {	\
		__start___bug_table = .;			\
		*(__bug_table)					\
		__stop___bug_table = .;				\
	}
/* clang-format on */
#endif
