/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The executable that the host loads: made by rumprun-bake out of base kernel,
 * components and root file system, with --gc-sections.
 */
#include <linux/sizes.h>
#include <asm/cache.h>
#include <asm/page.h>
#include <asm/thread_info.h>
#define LOAD_OFFSET 0
/* What is written to once lies with what is written to. */
#define RO_AFTER_INIT_DATA
#include <asm/vmlinux.lds.h>
/* The first task's stack lies elsewhere. */
#undef INIT_TASK_DATA
#define INIT_TASK_DATA(align)

OUTPUT_FORMAT("elf64-x86-64")
OUTPUT_ARCH(i386:x86-64)
ENTRY(_start)
jiffies = jiffies_64;

PHDRS {
	text PT_LOAD FILEHDR PHDRS FLAGS(5);	/* R X */
	data PT_LOAD FLAGS(6);			/* RW */
	variables PT_LOAD FLAGS(6);		/* RW */
	root PT_LOAD FLAGS(4);			/* R */
	stack PT_GNU_STACK FLAGS(6);
}

SECTIONS
{
	. = IMAGE_START + SIZEOF_HEADERS;
	.text : {
		_text = .;
		RUMP_TEXT
	} :text
	.init.text : {
		_sinittext = .;
		INIT_TEXT
		_einittext = .;
	} :text

	/* The first task's stack, and what must not be mapped below it. */
	. = ALIGN(PAGE_SIZE) + PAGE_SIZE;
	. = ALIGN(THREAD_SIZE);
	.init_stack : {
		init_thread_union = .;
		init_stack = .;
		. += THREAD_SIZE;
	} :data
	RUMP_EX_TABLE
	RO_DATA(PAGE_SIZE)
	/* The platform's buffers (platform/proc/proc.h). */
	.bss.unmoved : {
		*(.bss..unmoved)
	}

	/* Moves into RAM, and can be mapped as large pages there. */
	. = ALIGN(SZ_2M);
	__moved_begin = .;
	.data.ro_after_init : {
		__start_ro_after_init = .;
		*(.data..ro_after_init)
		JUMP_TABLE_DATA
		STATIC_CALL_DATA
		__end_ro_after_init = .;
	} :variables
	. = ALIGN(PAGE_SIZE);
	__init_begin = .;
	INIT_DATA_SECTION(16)
	PERCPU_SECTION(L1_CACHE_BYTES)
	. = ALIGN(PAGE_SIZE);
	__init_end = .;

	_sdata = .;
	/* The platform's variables (platform/proc/Makefile), and what else has no name of its own. */
	.data.platform : {
		__platform_begin = .;
		*(.data .bss)
		__platform_end = .;
	}
	RW_DATA(L1_CACHE_BYTES, PAGE_SIZE, THREAD_SIZE)
	RUMP_CUT
	_edata = .;
	BSS_SECTION(0, PAGE_SIZE, PAGE_SIZE)
	RUMP_INIT_BSS
	. = ALIGN(PAGE_SIZE);
	__moved_end = .;
	. = ALIGN(SZ_2M);

	RUMP_ROOT :root
	_end = .;
	ASSERT(_end <= IMAGE_END, "the image is too large: use --root-in drive")

	RUMP_REST
}
