// SPDX-License-Identifier: GPL-2.0
/* TLB shootdown. */
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/smp.h>
#include <asm/mmu_context.h>
#include <asm/tlbflush.h>

/* Beyond this many pages a reload of CR3 is cheaper than invlpg each. */
#define FLUSH_SINGLY_MAX 32

struct flush {
	struct mm_struct *mm;
	unsigned long start, end;
	unsigned int shift;
};

static void flush_local_range(const struct flush *f)
{
	unsigned long addr;

	if (f->end == TLB_FLUSH_ALL || (f->end - f->start) >> f->shift > FLUSH_SINGLY_MAX) {
		flush_tlb_local();
		return;
	}
	for (addr = f->start; addr < f->end; addr += 1UL << f->shift)
		invlpg(addr);
}

static void flush_one_cpu(void *info)
{
	const struct flush *f = info;
	int cpu = smp_processor_id();

	if (current->active_mm != f->mm)
		return;
	if (current->mm) {
		flush_local_range(f);
		return;
	}
	/* A kernel thread that borrows it: drop it, and hear no more of it. */
	write_cr3(__pa(init_mm.pgd));
	cpumask_clear_cpu(cpu, mm_cpumask(f->mm));
}

static bool only_this_cpu(const struct cpumask *mask)
{
	return !IS_ENABLED(CONFIG_SMP) || cpumask_any_but(mask, smp_processor_id()) >= nr_cpu_ids;
}

void flush_tlb_mm_range(struct mm_struct *mm, unsigned long start, unsigned long end,
			unsigned int shift)
{
	struct flush f = { mm, start, end, shift };

	preempt_disable();
	/* The page tables were changed before; whoever loads them later sees that. */
	smp_mb();
	if (current->active_mm == mm)
		flush_local_range(&f);
	if (!only_this_cpu(mm_cpumask(mm)))
		smp_call_function_many(mm_cpumask(mm), flush_one_cpu, &f, true);
	preempt_enable();
}

static void flush_kernel_range(void *info)
{
	const struct flush *f = info;
	unsigned long addr;

	if (f->end == TLB_FLUSH_ALL || (f->end - f->start) >> PAGE_SHIFT > FLUSH_SINGLY_MAX) {
		flush_tlb_local_all();
		return;
	}
	for (addr = f->start; addr < f->end; addr += PAGE_SIZE)
		invlpg(addr);
}

void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	struct flush f = { .start = start, .end = end };

	on_each_cpu(flush_kernel_range, &f, 1);
}

void flush_tlb_all(void)
{
	flush_tlb_kernel_range(0, TLB_FLUSH_ALL);
}
