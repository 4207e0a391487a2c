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

#define RUMP_TEXT						\
		_stext = .;					\
		HEAD_TEXT					\
		TEXT_TEXT					\
		SCHED_TEXT					\
		LOCK_TEXT					\
		KPROBES_TEXT					\
		ENTRY_TEXT					\
		IRQENTRY_TEXT					\
		SOFTIRQENTRY_TEXT				\
		*(.fixup)					\
		_etext = .;

#define RUMP_EX_TABLE						\
	__ex_table : AT(ADDR(__ex_table) - LOAD_OFFSET) {	\
		__start___ex_table = .;				\
		KEEP(*(__ex_table))				\
		__stop___ex_table = .;				\
	}

/*
 * What has been cut in two (rumprun-kit base): the rest, zeros that take no room in the file, must
 * follow the head. Nobody refers to it by name.
 */
#define RUMP_CUT						\
	.data.head : AT(ADDR(.data.head) - LOAD_OFFSET) {	\
		*(.data..head)					\
	}							\
	.bss.rest : AT(ADDR(.bss.rest) - LOAD_OFFSET) {		\
		KEEP(*(.bss..rest .data..rest))			\
	}

/* Cleared variables that are of no use after the start. */
#define RUMP_INIT_BSS						\
	.bss.init : AT(ADDR(.bss.init) - LOAD_OFFSET) {		\
		*(.bss..init)					\
	}

/* Put here by rumprun-bake; empty if the root is not in the image's memory. */
#define RUMP_ROOT						\
	. = ALIGN(PAGE_SIZE);					\
	.rump.root : AT(ADDR(.rump.root) - LOAD_OFFSET) {	\
		__rump_root_start = .;				\
		KEEP(*(.rump.root))				\
		__rump_root_end = .;				\
	}

/* What is in no segment. */
#define RUMP_REST						\
	STABS_DEBUG						\
	DWARF_DEBUG						\
	ELF_DETAILS						\
	DISCARDS
/* clang-format on */
#endif
