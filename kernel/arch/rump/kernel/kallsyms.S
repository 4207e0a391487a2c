/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's table of its own symbols, for configurations that cannot do without
 * (lockdep). Where a function lies is known only when an image is baked, so there is one
 * symbol, and all addresses are told by their distance from it; rumprun has the names.
 * Format: scripts/kallsyms.c.
 */
#include <linux/linkage.h>

	.section .rodata, "a"
	.balign 8
SYM_DATA(kallsyms_relative_base, .quad _text)
SYM_DATA(kallsyms_num_syms, .long 1)
SYM_DATA(kallsyms_offsets, .long 0)
SYM_DATA(kallsyms_markers, .long 0)
SYM_DATA(kallsyms_token_index, .fill 256, 2, 0)
SYM_DATA(kallsyms_token_table, .asciz "T_text")
SYM_DATA(kallsyms_names, .byte 1, 0)		/* one token, number 0 */
SYM_DATA(kallsyms_seqs_of_names, .byte 0, 0, 0)
