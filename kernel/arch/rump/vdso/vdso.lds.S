/* SPDX-License-Identifier: GPL-2.0 */
#include <linux/const.h>
#define PAGE_SIZE _AC(4096, UL)

OUTPUT_FORMAT("elf64-x86-64")
OUTPUT_ARCH(i386:x86-64)

SECTIONS
{
	/* Mapped in front of this image by arch_setup_additional_pages(). */
	PROVIDE_HIDDEN(_vdso_data = . - PAGE_SIZE);

	. = SIZEOF_HEADERS;
	.hash		: { *(.hash) }		:text
	.gnu.hash	: { *(.gnu.hash) }
	.dynsym		: { *(.dynsym) }
	.dynstr		: { *(.dynstr) }
	.gnu.version	: { *(.gnu.version) }
	.gnu.version_d	: { *(.gnu.version_d) }
	.gnu.version_r	: { *(.gnu.version_r) }
	.dynamic	: { *(.dynamic) }	:text :dynamic
	.rodata		: { *(.rodata*) *(.data*) *(.bss*) }	:text
	.note		: { *(.note.*) }	:text :note
	.eh_frame_hdr	: { *(.eh_frame_hdr) }	:text :eh_frame_hdr
	.eh_frame	: { KEEP(*(.eh_frame)) }	:text
	.text		: { *(.text*) }		:text
	.comment 0	: { *(.comment) }
	.debug_info 0	: { *(.debug_info) }
	.debug_abbrev 0	: { *(.debug_abbrev) }
	.debug_line 0	: { *(.debug_line) }
	.debug_str 0	: { *(.debug_str) }
	.debug_line_str 0 : { *(.debug_line_str) }
	.debug_aranges 0 : { *(.debug_aranges) }
	.debug_loclists 0 : { *(.debug_loclists) }
	.debug_rnglists 0 : { *(.debug_rnglists) }
	/DISCARD/	: { *(.discard.*) *(__bug_table) *(__ex_table) *(.export_symbol) }
}

PHDRS
{
	text		PT_LOAD		FLAGS(5) FILEHDR PHDRS;
	dynamic		PT_DYNAMIC	FLAGS(4);
	note		PT_NOTE		FLAGS(4);
	eh_frame_hdr	PT_GNU_EH_FRAME	FLAGS(4);
}

VERSION
{
	LINUX_2.6 {
	global:
		clock_gettime;
		__vdso_clock_gettime;
		gettimeofday;
		__vdso_gettimeofday;
		getcpu;
		__vdso_getcpu;
		time;
		__vdso_time;
		clock_getres;
		__vdso_clock_getres;
	local: *;
	};
}
