/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_STACK_READY_H
#define _ASM_RUMP_STACK_READY_H
/* Before a task runs for the first time. The CPU finds its stack by itself. */
static inline void stack_ready(const void *stack)
{
}
#endif
