/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copies to and from the program. Words, because an emulator counts each step of
 * a string instruction, and a real CPU needs tens of cycles to start one: small
 * sizes by single moves, the rest by `rep movsq`.
 */
#include <linux/export.h>
#include <linux/linkage.h>
#include <asm/asm.h>

	.text
/* unsigned long rump_copy_user(to, from, n): the number of bytes not copied */
SYM_FUNC_START(rump_copy_user)
	movq	%rdx, %rcx
	cmpq	$8, %rdx
	jb	.Lcopy_bytes
	shrq	$3, %rcx
1:	rep movsq
	movl	%edx, %ecx
	andl	$7, %ecx
	jz	.Lcopy_done
	/* the last word once more, shifted: it overlaps what is already there */
2:	movq	-8(%rsi,%rcx), %rax
3:	movq	%rax, -8(%rdi,%rcx)
.Lcopy_done:
	xorl	%eax, %eax
	RET
.Lcopy_bytes:
	testl	%ecx, %ecx
	jz	.Lcopy_done
4:	movb	(%rsi), %al
5:	movb	%al, (%rdi)
	incq	%rsi
	incq	%rdi
	decq	%rcx
	jnz	4b
	xorl	%eax, %eax
	RET
	/* in the words: rcx are left; try what is before the bad page byte by byte */
.Lcopy_word_fault:
	shlq	$3, %rcx
	andl	$7, %edx
	addq	%rdx, %rcx
	jmp	4b
.Lcopy_byte_fault:
	movq	%rcx, %rax
	RET
	_ASM_EXTABLE_UA(1b, .Lcopy_word_fault)
	_ASM_EXTABLE_UA(2b, 4b)
	_ASM_EXTABLE_UA(3b, 4b)
	_ASM_EXTABLE_UA(4b, .Lcopy_byte_fault)
	_ASM_EXTABLE_UA(5b, .Lcopy_byte_fault)
SYM_FUNC_END(rump_copy_user)
EXPORT_SYMBOL(rump_copy_user)

/* unsigned long rump_clear_user(to, n): the number of bytes not cleared */
SYM_FUNC_START(rump_clear_user)
	movq	%rsi, %rcx
	xorl	%eax, %eax
	andl	$7, %esi
	shrq	$3, %rcx
1:	rep stosq
	movl	%esi, %ecx
	jecxz	.Lclear_done
2:	movb	%al, (%rdi)
	incq	%rdi
	decq	%rcx
	jnz	2b
.Lclear_done:
	RET
.Lclear_word_fault:
	leaq	(%rsi,%rcx,8), %rcx
	jmp	2b
.Lclear_byte_fault:
	movq	%rcx, %rax
	RET
	_ASM_EXTABLE_UA(1b, .Lclear_word_fault)
	_ASM_EXTABLE_UA(2b, .Lclear_byte_fault)
SYM_FUNC_END(rump_clear_user)
EXPORT_SYMBOL(rump_clear_user)
