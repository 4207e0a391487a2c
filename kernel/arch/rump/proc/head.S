/* SPDX-License-Identifier: GPL-2.0 */
/* First code of the process: rsp is where the host has put arguments and auxiliary vector. */
#include <linux/linkage.h>
#include <asm/thread_info.h>

	.section .head.text, "ax"
SYM_CODE_START(_start)
	cld
	xorl	%ebp, %ebp
	movq	%rsp, %rdi
	movq	$(init_stack + THREAD_SIZE), %rsp
	call	rump_start
	ud2
SYM_CODE_END(_start)
