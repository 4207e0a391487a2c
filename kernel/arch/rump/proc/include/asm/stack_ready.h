/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_STACK_READY_H
#define _ASM_RUMP_STACK_READY_H
/*
 * mm/tlb.c: before a task runs for the first time, make the host map all of its stack, for
 * good: the handler of the host's signals writes there.
 */
void stack_ready(const void *stack);
#endif
