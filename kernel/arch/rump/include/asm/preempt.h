/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_PREEMPT_H
#define _ASM_RUMP_PREEMPT_H
#include <asm/current.h>
#include <asm/percpu.h>

/*
 * The count is per CPU: it is the same number whenever the scheduler switches.
 * Its top bit is TIF_NEED_RESCHED inverted, so that one decrement tells both
 * that preemption is on again and that somebody waits for the CPU.
 */
#define PREEMPT_NEED_RESCHED 0x80000000
#define PREEMPT_ENABLED	     (0 + PREEMPT_NEED_RESCHED)

static __always_inline int preempt_count(void)
{
	return raw_cpu_read_4(pcpu_hot.preempt_count) & ~PREEMPT_NEED_RESCHED;
}

static __always_inline void preempt_count_set(int pc)
{
	int new, old = raw_cpu_read_4(pcpu_hot.preempt_count);

	do {
		new = (old & PREEMPT_NEED_RESCHED) | (pc & ~PREEMPT_NEED_RESCHED);
	} while (!raw_cpu_try_cmpxchg_4(pcpu_hot.preempt_count, &old, new));
}

#define init_task_preempt_count(p) \
	do {                       \
	} while (0)
#define init_idle_preempt_count(p, cpu)                                    \
	do {                                                               \
		per_cpu(pcpu_hot.preempt_count, (cpu)) = PREEMPT_DISABLED; \
	} while (0)

static __always_inline void set_preempt_need_resched(void)
{
	raw_cpu_and_4(pcpu_hot.preempt_count, ~PREEMPT_NEED_RESCHED);
}

static __always_inline void clear_preempt_need_resched(void)
{
	raw_cpu_or_4(pcpu_hot.preempt_count, PREEMPT_NEED_RESCHED);
}

static __always_inline bool test_preempt_need_resched(void)
{
	return !(raw_cpu_read_4(pcpu_hot.preempt_count) & PREEMPT_NEED_RESCHED);
}

static __always_inline void __preempt_count_add(int val)
{
	raw_cpu_add_4(pcpu_hot.preempt_count, val);
}

static __always_inline void __preempt_count_sub(int val)
{
	raw_cpu_add_4(pcpu_hot.preempt_count, -val);
}

static __always_inline bool __preempt_count_dec_and_test(void)
{
	bool zero;

	// clang-format off
	asm volatile("decl " __percpu_arg(%1)
		     : "=@ccz"(zero), "+m"(pcpu_hot.preempt_count) :: "memory");
	// clang-format on
	return zero;
}

static __always_inline bool should_resched(int preempt_offset)
{
	return unlikely(raw_cpu_read_4(pcpu_hot.preempt_count) == preempt_offset);
}

#ifdef CONFIG_PREEMPTION
extern asmlinkage void preempt_schedule(void);
extern asmlinkage void preempt_schedule_notrace(void);
#define __preempt_schedule()	     preempt_schedule()
#define __preempt_schedule_notrace() preempt_schedule_notrace()
#endif
#endif
