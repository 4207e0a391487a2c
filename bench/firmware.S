/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A kernel that does nothing but say when it was entered: the instructions that firmware takes before
 * any kernel started by PVH. Prints "entry N" on the debug console and leaves by a triple fault.
 */
	.section .note.pvh, "a", @note
	.long	2f - 1f, 4f - 3f, 18	/* XEN_ELFNOTE_PHYS32_ENTRY */
1:	.asciz	"Xen"
2:	.balign	4
3:	.long	start
4:	.balign	4

	.text
	.code32
	.globl	start
start:
	rdtsc
	movl	$stack_top, %esp
	movl	$10, %ecx
	xorl	%ebx, %ebx		/* digits on the stack */
	movl	%edx, %esi
	movl	%eax, %edi
digit:
	/* esi:edi / 10, the high half first. */
	xorl	%edx, %edx
	movl	%esi, %eax
	divl	%ecx
	movl	%eax, %esi
	movl	%edi, %eax
	divl	%ecx
	movl	%eax, %edi
	addl	$'0', %edx
	pushl	%edx
	incl	%ebx
	orl	%esi, %eax
	jnz	digit

	movl	$prefix, %esi
	movl	$6, %ecx
	movw	$0xe9, %dx
	rep outsb
print:
	popl	%eax
	outb	%al, %dx
	decl	%ebx
	jnz	print
	movb	$'\n', %al
	outb	%al, %dx
	lidt	no_idt
	ud2

	.data
prefix:	.ascii	"entry "
no_idt:	.word	0
	.long	0
	.bss
	.balign	16
	.skip	256
stack_top:
