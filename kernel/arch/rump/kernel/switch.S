/* SPDX-License-Identifier: GPL-2.0 */
/* From one task's stack to another's. */
#include <linux/linkage.h>
#include <asm/asm-offsets.h>
#include <asm/entry-macros.h>

	.cfi_sections .debug_frame
	.text

/* First code of a new task; copy_thread() made its frame and switch frame. */
SYM_CODE_START(ret_from_fork_asm)
	cfi_regs
	movq	%rax, %rdi		/* the task that ran before */
	movq	%rbx, %rsi		/* function of a kernel thread, or 0 */
	movq	%r12, %rdx		/* its argument */
	movq	%rsp, %rcx
	call	ret_from_fork
	jmp	return_iret
	.cfi_endproc
SYM_CODE_END(ret_from_fork_asm)

/* Order of pushes: struct switch_frame. */
SYM_FUNC_START(__switch_to_asm)
	.cfi_startproc
	push_saved %rbp
	push_saved %rbx
	push_saved %r12
	push_saved %r13
	push_saved %r14
	push_saved %r15
	movq	%rsp, TASK_sp(%rdi)
	movq	TASK_sp(%rsi), %rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	.cfi_def_cfa %rsp, 8
	jmp	__switch_to
	.cfi_endproc
SYM_FUNC_END(__switch_to_asm)
