/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The only two places of the process from which the host takes system calls; the
 * sandbox goes by the address behind the instruction.
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

	.type	host_sigreturn, @function
/* The handler of a signal returns here: the signal's frame is at rsp. */
host_sigreturn:
	movl	$15, %eax
	syscall
host_sigreturn_ip:
	ud2
	.size	host_sigreturn, . - host_sigreturn

	.section .note.GNU-stack, "", @progbits
