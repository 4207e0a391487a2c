/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The only two places of the process from which the host takes system calls, but for a thread at the
 * start; the sandbox goes by the address behind the instruction.
 */
	.text
	.globl	host_call, host_call_ip, host_sigreturn, host_sigreturn_ip
	.type	host_call, @function
/* long host_call(nr, a, b, c, d, e, f) */
host_call:
	movq	%rdi, %rax
	movq	%rsi, %rdi
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movq	%r8, %r10
	movq	%r9, %r8
	movq	8(%rsp), %r9
	syscall
host_call_ip:
	ret
	.size	host_call, . - host_call

	.globl	host_clone
	.type	host_clone, @function
/*
 * long host_clone(flags, stack, tid, cleared): man 2 clone. The new thread runs host_helper() on its
 * stack, and ends. Once there is a filter, the host takes neither call from here.
 */
host_clone:
	movq	%rcx, %r10
	movl	$56, %eax
	syscall
	testq	%rax, %rax
	jnz	1f
	xorl	%ebp, %ebp
	call	host_helper
	xorl	%edi, %edi
	movl	$60, %eax
	syscall
	ud2
1:	ret
	.size	host_clone, . - host_clone

	.type	host_sigreturn, @function
/* The handler of a signal returns here: the signal's frame is at rsp. */
host_sigreturn:
	movl	$15, %eax
	syscall
host_sigreturn_ip:
	ud2
	.size	host_sigreturn, . - host_sigreturn

	.section .note.GNU-stack, "", @progbits
