/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A guest that shows whether an accelerator can run our kernels: it goes from
 * the PVH entry to long mode, reloads %cr3, handles traps in ring 0 and computes
 * there many times over, and leaves by way of QEMU's isa-debug-exit. A KVM that
 * emulates ring 0 may know no SSE instruction, no cmpxchg16b, no fences.
 */
#define ROUNDS	   20000
#define EXIT_PORT  0xf4
#define EXIT_VALUE 16			/* QEMU exits with twice this and one: 33 */

	.section .note.pvh, "a", @note
	.balign 4
	.long 4, 4, 18			/* XEN_ELFNOTE_PHYS32_ENTRY */
	.asciz "Xen"
	.long start

	.text
	.code32
	.globl start
start:
	cli
	movl $stack_top, %esp
	/* One gigabyte of 2 MB pages, mapped where it lies. */
	movl $pdpt + 3, pml4
	movl $pd + 3, pdpt
	movl $pd, %edi
	movl $0x83, %eax
	movl $512, %ecx
1:	movl %eax, (%edi)
	addl $0x200000, %eax
	addl $8, %edi
	loop 1b
	movl $pml4, %eax
	movl %eax, %cr3
	movl %cr4, %eax
	orl $0x620, %eax		/* PAE, OSFXSR, OSXMMEXCPT */
	movl %eax, %cr4
	movl $0xc0000080, %ecx		/* EFER: long mode */
	rdmsr
	orl $0x100, %eax
	wrmsr
	movl %cr0, %eax
	orl $0x80000003, %eax		/* paging, MP for SSE */
	movl %eax, %cr0
	lgdt gdt_pointer
	ljmp $8, $long_mode

	.code64
long_mode:
	movl $16, %eax
	movl %eax, %ds
	movl %eax, %ss
	/* The gate of #UD, which ud2 raises. */
	leaq trap(%rip), %rax
	movw %ax, idt + 6 * 16
	movw $8, idt + 6 * 16 + 2
	movw $0x8e00, idt + 6 * 16 + 4
	shrq $16, %rax
	movw %ax, idt + 6 * 16 + 6
	shrq $16, %rax
	movl %eax, idt + 6 * 16 + 8
	lidt idt_pointer
	movl $ROUNDS, %ebx
2:	ud2
	movq %cr3, %rax
	movq %rax, %cr3
	fninit
	ldmxcsr mxcsr
	paddq %xmm0, %xmm0
	fxsave64 fpu_image
	fxrstor64 fpu_image
	pushq %rbx
	lock cmpxchg16b fpu_image
	popq %rbx
	mfence
	lfence
	decl %ebx
	jnz 2b
	movl $EXIT_VALUE, %eax
	outl %eax, $EXIT_PORT
3:	hlt
	jmp 3b

trap:
	addq $2, (%rsp)			/* behind the ud2 */
	iretq

	.data
	.balign 8
gdt:
	.quad 0, 0x00af9a000000ffff, 0x00cf92000000ffff
gdt_pointer:
	.word . - gdt - 1
	.long gdt
idt_pointer:
	.word 32 * 16 - 1
	.quad idt

mxcsr:
	.long 0x1f80

	.bss
	.balign 4096
pml4:	.skip 4096
pdpt:	.skip 4096
pd:	.skip 4096
idt:	.skip 32 * 16
fpu_image:
	.skip 512
	.balign 16
	.skip 4096
stack_top:
