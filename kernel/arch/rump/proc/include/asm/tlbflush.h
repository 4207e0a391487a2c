/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_TLBFLUSH_H
#define _ASM_RUMP_TLBFLUSH_H
#include <linux/mm_types.h>
#include <linux/sched.h>
/*
 * The host's mappings are the TLB of this kernel's page tables: filled when the
 * host reports a fault (mm/tlb.c), and emptied here by taking mappings away.
 */
#define TLB_FLUSH_ALL (~0UL)

/* Make the host map @addr and some around it, if the page tables allow such an access. */
bool tlb_refill(unsigned long addr, unsigned long error);
/* The same after a fault that was dealt with; a signal for the program if the host cannot. */
void tlb_page_ready(unsigned long addr, unsigned long error);
/* From here on the program's part is @mm's. */
void tlb_switch(struct mm_struct *mm);

void flush_tlb_mm_range(struct mm_struct *mm, unsigned long start, unsigned long end,
			unsigned int shift);
void flush_tlb_kernel_range(unsigned long start, unsigned long end);
void flush_tlb_all(void);

static inline void flush_tlb_mm(struct mm_struct *mm)
{
	flush_tlb_mm_range(mm, 0, TLB_FLUSH_ALL, PAGE_SHIFT);
}

static inline void flush_tlb_range(struct vm_area_struct *vma, unsigned long start,
				   unsigned long end)
{
	flush_tlb_mm_range(vma->vm_mm, start, end, PAGE_SHIFT);
}

static inline void flush_tlb_page(struct vm_area_struct *vma, unsigned long addr)
{
	addr &= PAGE_MASK;
	flush_tlb_mm_range(vma->vm_mm, addr, addr + PAGE_SIZE, PAGE_SHIFT);
}
#endif
