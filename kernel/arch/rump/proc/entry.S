/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The program's way into the kernel and back, inside one process.
 *
 * rump_in_program tells which of the two runs: it is set by the last instruction
 * but one on the way out and cleared by the first on the way in. The host's
 * signals go by it (trap.c):
 *  - while it is set they move the program's registers to the task's kernel stack
 *    and let the host go on at trapped_*;
 *  - while it is clear they only leave a mark in rump_irq_pending.
 * So a mark made between the last look at it and the program would be missed: a
 * signal that finds the kernel there (the windows below) makes it go back to
 * exit_again, where the frame, which is still whole, is looked at once more.
 *
 * The CFA of all code here is the end of struct pt_regs, which makes a debugger
 * walk from the kernel into the program.
 */
#include <linux/linkage.h>
#include <asm/asm-offsets.h>
#include <asm/entry-macros.h>
#include <asm/percpu.h>
#include <asm/processor-flags.h>
#include <asm/segment.h>
#include <asm/user_mode.h>

#define HOT(field)	PER_CPU_VAR(pcpu_hot + HOT_##field)
#define VECTOR_IRQ	32

	.cfi_sections .debug_frame
	.text

/*
 * Jumped to by the stubs that calls.c has put in front of syscall instructions: rcx is
 * the address behind the instruction, everything else the program's.
 */
SYM_CODE_START(entry_syscall)
	.cfi_startproc
	.cfi_signal_frame
	.cfi_def_cfa %rsp, 0
	.cfi_register DWARF_RIP, %rcx
	movb	$0, rump_in_program(%rip)
	movq	%rsp, HOT(scratch)
	movq	HOT(stack_top), %rsp
	push_reg $USER_DS
	push_reg HOT(scratch)
	.cfi_rel_offset %rsp, 0
	pushfq
	.cfi_adjust_cfa_offset 8
	push_reg $USER_CS
	push_reg %rcx
	.cfi_rel_offset DWARF_RIP, 0
	push_reg %rax
	push_saved %rdi
	push_saved %rsi
	push_gprs_dx_to_r15 ax=$-38	/* -ENOSYS */
	movl	$0, rump_irq_flags(%rip)
	movq	%rsp, %rdi
	movslq	%eax, %rsi
	cld
	call	do_syscall
	testb	%al, %al
	jnz	exit_window
	jmp	return_iret
	.cfi_endproc
SYM_CODE_END(entry_syscall)

/* A system call that the host has trapped; trap.c has made the frame. rsi: the number */
SYM_CODE_START(trapped_syscall)
	cfi_regs
	call	do_trapped_syscall
	testb	%al, %al
	jz	return_iret

	/*
	 * Nothing but ax and ip changed in the frame (do_syscall() looked), so r12-15,
	 * rbx and rbp are what the C code preserved. Of the flags no caller expects
	 * anything; r11 has them, as from the instruction.
	 */
SYM_INNER_LABEL(exit_window, SYM_L_GLOBAL)
	cmpb	$0, rump_irq_pending(%rip)
	jne	exit_again
	movl	PT_flags(%rsp), %r11d
	movq	PT_r8(%rsp), %r8
	movq	PT_r9(%rsp), %r9
	movq	PT_r10(%rsp), %r10
	movq	PT_dx(%rsp), %rdx
	movq	PT_si(%rsp), %rsi
	movq	PT_di(%rsp), %rdi
	movq	PT_ip(%rsp), %rcx
	movq	PT_ax(%rsp), %rax
	.cfi_register DWARF_RIP, %rcx
	movq	PT_sp(%rsp), %rsp
	.cfi_def_cfa %rsp, 0
	.cfi_same_value %rsp
	movb	$1, rump_in_program(%rip)
SYM_INNER_LABEL(exit_window_end, SYM_L_GLOBAL)
	/* All registers are the program's: it may as well be interrupted here. */
	jmp	*%rcx
	.cfi_endproc
SYM_CODE_END(trapped_syscall)

/* An exception of the program or the kernel, or an interrupt of the program. rsi: the vector */
SYM_CODE_START(trapped_vector)
	cfi_regs
	call	do_vector
	jmp	return_iret
	.cfi_endproc
SYM_CODE_END(trapped_vector)

/* The kernel, with no room left on the task's stack. rsi: the vector */
SYM_CODE_START(trapped_overflow)
	cfi_regs
	call	do_stack_overflow
	ud2
	.cfi_endproc
SYM_CODE_END(trapped_overflow)

/* rsp may be anything: the program's frame is at the top of the task's stack. */
SYM_CODE_START(exit_again)
	cfi_regs
	movq	HOT(stack_top), %rsp
	subq	$PT_size, %rsp
	movq	%rsp, %rdi
	movl	$VECTOR_IRQ, %esi
	call	do_vector
	jmp	return_iret
	.cfi_endproc
SYM_CODE_END(exit_again)

/* Leave by iret, which needs no privilege: to the program or to interrupted kernel code. */
SYM_CODE_START(return_iret)
	cfi_regs
	testl	$CS_KERNEL, PT_cs(%rsp)
	jnz	.Lto_kernel
	.cfi_remember_state
SYM_INNER_LABEL(iret_window, SYM_L_GLOBAL)
	cmpb	$0, rump_irq_pending(%rip)
	jne	exit_again
	pop_gprs
	movb	$1, rump_in_program(%rip)
SYM_INNER_LABEL(iret_window_end, SYM_L_GLOBAL)
SYM_INNER_LABEL(iret_to_program, SYM_L_GLOBAL)
	iretq

	.cfi_restore_state
.Lto_kernel:
	movl	PT_flags(%rsp), %eax
	andl	$X86_EFLAGS_IF, %eax
	movq	%rax, rump_irq_flags(%rip)
	pop_gprs
	iretq
	.cfi_endproc
SYM_CODE_END(return_iret)

	.data
SYM_DATA(rump_in_program, .byte 0)
