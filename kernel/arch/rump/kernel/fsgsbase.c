// SPDX-License-Identifier: GPL-2.0
#include <linux/irqflags.h>
#include <linux/jump_label.h>
#include <linux/sched.h>
#include <asm/fpu.h>
#include <asm/fsgsbase.h>
#include <asm/segment_base.h>

bool fsgsbase_instructions __ro_after_init;

/* The program's GS base: what swapgs brings, if it swaps at all. Interrupts off. */
static __always_inline unsigned long read_gs(void)
{
	unsigned long base;

	if (IS_ENABLED(CONFIG_SMP))
		asm volatile("swapgs; rdgsbase %0; swapgs" : "=r"(base)::"memory");
	else
		asm volatile("rdgsbase %0" : "=r"(base)::"memory");
	return base;
}

static __always_inline void write_gs(unsigned long base)
{
	if (!fsgsbase_instructions)
		write_gs_slow(base);
	else if (IS_ENABLED(CONFIG_SMP))
		asm volatile("swapgs; wrgsbase %0; swapgs" ::"r"(base) : "memory");
	else
		asm volatile("wrgsbase %0" ::"r"(base) : "memory");
}

static __always_inline void write_fs(unsigned long base)
{
	if (fsgsbase_instructions)
		asm volatile("wrfsbase %0" ::"r"(base) : "memory");
	else
		write_fs_slow(base);
}

static __always_inline void save_bases(struct thread_struct *thread)
{
	asm volatile("rdfsbase %0" : "=r"(thread->fsbase)::"memory");
	thread->gsbase = read_gs();
}

/* Kernel threads leave the bases of the program before them in place. */
void fsgsbase_switch(struct task_struct *prev, struct task_struct *next)
{
	bool was_program = task_has_fpu(prev);

	if (was_program && fsgsbase_instructions)
		save_bases(&prev->thread);
	if (!task_has_fpu(next))
		return;
	if (!was_program || prev->thread.fsbase != next->thread.fsbase)
		write_fs(next->thread.fsbase);
	if (!was_program || prev->thread.gsbase != next->thread.gsbase)
		write_gs(next->thread.gsbase);
}

void fsgsbase_save(struct task_struct *t)
{
	unsigned long flags;

	if (!fsgsbase_instructions || !task_has_fpu(t))
		return;
	local_irq_save(flags);
	save_bases(&t->thread);
	local_irq_restore(flags);
}

void fsgsbase_set_fs(unsigned long base)
{
	preempt_disable();
	current->thread.fsbase = base;
	write_fs(base);
	preempt_enable();
}

void fsgsbase_set_gs(unsigned long base)
{
	unsigned long flags;

	local_irq_save(flags);
	current->thread.gsbase = base;
	write_gs(base);
	local_irq_restore(flags);
}

void fsgsbase_reset(struct task_struct *t)
{
	fsgsbase_set_fs(0);
	fsgsbase_set_gs(0);
}

void fsgsbase_init_cpu(void)
{
	fsgsbase_instructions = fsgsbase_enable();
}
