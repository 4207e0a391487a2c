/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_STACKTRACE_H
#define _ASM_RUMP_STACKTRACE_H
#include <linux/types.h>

struct pt_regs;
struct task_struct;

/*
 * Calls @fn for each return address from the innermost outwards; @sure tells that
 * the call in front of it goes to the function below. Ends when @fn returns false.
 */
typedef bool (*walk_fn)(void *cookie, unsigned long addr, bool sure);
void walk_stack(struct task_struct *task, struct pt_regs *regs, unsigned long *sp, walk_fn fn,
		void *cookie);

/*
 * Whether the code before @addr, whose last 7 bytes are @code, is a call. For a
 * direct call *@target is where it goes, else 0.
 */
#define CALL_BYTES 7
bool is_after_call(unsigned long addr, const u8 *code, unsigned long *target);
#endif
