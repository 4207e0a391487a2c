/* SPDX-License-Identifier: GPL-2.0 */
/*
 * long kernel_call(long nr, long a, long b, long c, long d, long e, long f), with the registers of
 * the instruction; rcx is where it comes back. The kernel restarts a call two bytes before that, so
 * the instruction stands there in any case.
 */
	.text
	.globl	kernel_call
	.type	kernel_call, @function
kernel_call:
	movq	%rdi, %rax
	movq	%rsi, %rdi
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movq	%r8, %r10
	movq	%r9, %r8
	movq	8(%rsp), %r9
	movq	kernel_entry(%rip), %r11
	leaq	1f(%rip), %rcx
	testq	%r11, %r11
	jz	0f
	jmp	*%r11
0:	syscall
1:	ret
	.size	kernel_call, . - kernel_call

	.section .note.GNU-stack, "", @progbits
