/* SPDX-License-Identifier: GPL-2.0 */
/* memcpy, memmove, memset and whole pages; see copy_user.S for the choice of instructions. */
#include <linux/export.h>
#include <linux/linkage.h>

	.text
/* void *memcpy(to, from, n) */
SYM_FUNC_START(memcpy)
	movq	%rdi, %rax
.Lforward:
	movq	%rdx, %rcx
	cmpq	$8, %rdx
	jb	.Lsmall
	/* Read the last word first: memmove gets here with overlapping areas. */
	movq	-8(%rsi,%rdx), %r8
	leaq	-8(%rdi,%rdx), %r9
	shrq	$3, %rcx
	rep movsq
	movq	%r8, (%r9)
	RET
.Lsmall:
	cmpl	$4, %edx
	jb	.Lbelow4
	movl	(%rsi), %ecx
	movl	-4(%rsi,%rdx), %r8d
	movl	%ecx, (%rdi)
	movl	%r8d, -4(%rdi,%rdx)
	RET
.Lbelow4:
	testl	%edx, %edx
	jz	1f
	movzbl	(%rsi), %ecx
	movzbl	-1(%rsi,%rdx), %r8d
	shrl	$1, %edx
	jz	2f
	/* 2 or 3: the middle byte is at n / 2 */
	movzbl	(%rsi,%rdx), %r9d
	movb	%r9b, (%rdi,%rdx)
	adcl	%edx, %edx		/* n again: the shift left its lowest bit in CF */
	movb	%r8b, -1(%rdi,%rdx)
2:	movb	%cl, (%rdi)
1:	RET
SYM_FUNC_END(memcpy)
EXPORT_SYMBOL(memcpy)
SYM_FUNC_ALIAS(__memcpy, memcpy)
EXPORT_SYMBOL(__memcpy)

/* void *memmove(to, from, n) */
SYM_FUNC_START(memmove)
	movq	%rdi, %rax
	movq	%rdi, %rcx
	subq	%rsi, %rcx
	cmpq	%rdx, %rcx
	jae	.Lforward		/* to is below from, or beyond its end */
	cmpq	$8, %rdx
	jb	.Lsmall			/* reads all before it writes */
	movq	(%rsi), %r8		/* the first word, for the end */
	movq	%rdx, %rcx
1:	movq	-8(%rsi,%rcx), %r9
	movq	%r9, -8(%rdi,%rcx)
	subq	$8, %rcx
	cmpq	$8, %rcx
	jae	1b
	movq	%r8, (%rdi)
	RET
SYM_FUNC_END(memmove)
EXPORT_SYMBOL(memmove)
SYM_FUNC_ALIAS(__memmove, memmove)
EXPORT_SYMBOL(__memmove)

/* void *memset(to, byte, n) */
SYM_FUNC_START(memset)
	movq	%rdi, %r8
	movzbl	%sil, %eax
	cmpq	$8, %rdx
	jb	1f
	movq	$0x0101010101010101, %rcx
	imulq	%rcx, %rax
	movq	%rax, -8(%rdi,%rdx)	/* the tail, overlapping */
	movq	%rdx, %rcx
	shrq	$3, %rcx
	rep stosq
	movq	%r8, %rax
	RET
1:	movl	%edx, %ecx
	rep stosb
	movq	%r8, %rax
	RET
SYM_FUNC_END(memset)
EXPORT_SYMBOL(memset)
SYM_FUNC_ALIAS(__memset, memset)
EXPORT_SYMBOL(__memset)

/* void clear_page(page) */
SYM_FUNC_START(clear_page)
	movl	$4096 / 8, %ecx
	xorl	%eax, %eax
	rep stosq
	RET
SYM_FUNC_END(clear_page)
EXPORT_SYMBOL(clear_page)

/* void copy_page(to, from) */
SYM_FUNC_START(copy_page)
	movl	$4096 / 8, %ecx
	rep movsq
	RET
SYM_FUNC_END(copy_page)
EXPORT_SYMBOL(copy_page)
