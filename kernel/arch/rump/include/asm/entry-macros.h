/* SPDX-License-Identifier: GPL-2.0 */
/* For entry code: struct pt_regs on the stack, and what a debugger is told about it. */
#ifndef _ASM_RUMP_ENTRY_MACROS_H
#define _ASM_RUMP_ENTRY_MACROS_H
#ifdef __ASSEMBLY__
#include <asm/asm-offsets.h>

#define DWARF_RIP 16

/* clang-format off */
.macro push_reg reg:req
	pushq	\reg
	.cfi_adjust_cfa_offset 8
.endm

.macro push_saved reg:req
	push_reg \reg
	.cfi_rel_offset \reg, 0
.endm

/* From dx down to r15; the caller has pushed ss to si. */
.macro push_gprs_dx_to_r15 ax=%rax
	push_saved %rdx
	push_saved %rcx
	push_reg \ax
	push_saved %r8
	push_saved %r9
	push_saved %r10
	push_saved %r11
	push_saved %rbx
	push_saved %rbp
	push_saved %r12
	push_saved %r13
	push_saved %r14
	push_saved %r15
.endm

/* All of it but orig_ax, ip, cs, flags, sp and ss, which iret wants next but for the first. */
.macro pop_gprs
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbp
	popq	%rbx
	popq	%r11
	popq	%r10
	popq	%r9
	popq	%r8
	popq	%rax
	popq	%rcx
	popq	%rdx
	popq	%rsi
	popq	%rdi
	.cfi_def_cfa %rsp, PT_size - PT_orig_ax
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
.endm

/* Code that is entered with a complete struct pt_regs at rsp. */
.macro cfi_regs
	.cfi_startproc
	.cfi_signal_frame
	.cfi_def_cfa %rsp, PT_size
	.cfi_offset DWARF_RIP, PT_ip - PT_size
	.cfi_offset %rsp, PT_sp - PT_size
	.cfi_offset %rbp, PT_bp - PT_size
	.cfi_offset %rbx, PT_bx - PT_size
	.cfi_offset %r12, PT_r12 - PT_size
	.cfi_offset %r13, PT_r13 - PT_size
	.cfi_offset %r14, PT_r14 - PT_size
	.cfi_offset %r15, PT_r15 - PT_size
.endm
/* clang-format on */
#endif
#endif
