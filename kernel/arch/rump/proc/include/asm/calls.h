/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_CALLS_H
#define _ASM_RUMP_CALLS_H
struct mm_struct;
struct pt_regs;

/* calls.c: let the system call that the host has trapped be a function call the next time. */
void calls_patch(struct pt_regs *regs);
/* The mm goes away. */
void calls_forget(struct mm_struct *mm);
#endif
