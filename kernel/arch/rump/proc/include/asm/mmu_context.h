/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_MMU_CONTEXT_H
#define _ASM_RUMP_MMU_CONTEXT_H
#include <asm-generic/mm_hooks.h>
#include <linux/mm_types.h>
#include <asm/calls.h>
#include <asm/tlbflush.h>

#define destroy_context destroy_context
static inline void destroy_context(struct mm_struct *mm)
{
	calls_forget(mm);
}

/* The host maps one address space at a time: that of current->active_mm. */
static inline void switch_mm(struct mm_struct *prev, struct mm_struct *next,
			     struct task_struct *task)
{
	if (prev != next)
		tlb_switch(next);
}

#include <asm-generic/mmu_context.h>
#endif
