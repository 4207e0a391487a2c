// SPDX-License-Identifier: GPL-2.0
/*
 * The host's mappings as the TLB of the page tables. The accessed and dirty bits
 * are Linux's own business: a page is mapped for writing when it is dirty already,
 * so that the first write comes here as a fault.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <asm/rumpuser.h>
#include <asm/stack_ready.h>
#include <asm/tlbflush.h>
#include <asm/traps.h>
#include "mapped.h"

/* So many pages each way are mapped at once, if they lie side by side: few faults are alone. */
#define REFILL_AROUND 127
/* What is copied around a fault of a program's variables. */
#define AROUND SZ_32K

/* The last mapping failed: the host takes no more (sysctl vm.max_map_count), or has no memory. */
static bool refused;

/*
 * What the host may allow. Never writing and executing at once: of a page with both
 * rights, the one that is asked for.
 */
static unsigned int rights_of(pte_t pte, unsigned long error)
{
	unsigned int rights = RUMPUSER_READ;

	if (!(pte_val(pte) & _PAGE_PRESENT))
		return 0;
	if (pte_write(pte) && pte_dirty(pte))
		rights |= RUMPUSER_WRITE;
	if (!(pte_val(pte) & _PAGE_NX))
		rights |= RUMPUSER_EXEC;
	if (rights == (RUMPUSER_READ | RUMPUSER_WRITE | RUMPUSER_EXEC))
		rights &= error & PF_INSTR ? ~RUMPUSER_WRITE : ~RUMPUSER_EXEC;
	return rights;
}

static bool enough(unsigned int rights, unsigned long error)
{
	if (error & PF_WRITE)
		return rights & RUMPUSER_WRITE;
	if (error & PF_INSTR)
		return rights & RUMPUSER_EXEC;
	return rights & RUMPUSER_READ;
}

/* The host has a most number of mappings: then all are taken away, and come back one by one. */
static bool host_maps(unsigned long addr, unsigned long pa, unsigned long size, unsigned int rights)
{
	refused = rumpuser_map(addr, pa, size, rights);
	if (refused) {
		mapped_clear();
		refused = rumpuser_map(addr, pa, size, rights);
	}
	if (!refused && addr < TASK_SIZE_MAX)
		mapped_note(addr, pa, size, rights);
	return !refused;
}

/* The neighbour at @distance entries, if it can be mapped with the entry at @pte. */
static bool goes_along(pte_t *pte, int distance, unsigned int rights, unsigned long error)
{
	pte_t other = READ_ONCE(pte[distance]);

	return rights_of(other, error) == rights && pte_pfn(other) == pte_pfn(*pte) + distance;
}

static bool refill_pages(unsigned long addr, pte_t *pte, unsigned long error)
{
	unsigned int rights = rights_of(*pte, error);
	int index = pte_index(addr), first = 0, last = 0;
	unsigned long pa = pte_pfn(*pte) << PAGE_SHIFT, start, end;

	if (!enough(rights, error))
		return false;
	while (last < REFILL_AROUND && index + last + 1 < PTRS_PER_PTE &&
	       goes_along(pte, last + 1, rights, error))
		last++;
	while (-first < REFILL_AROUND && index + first > 0 &&
	       goes_along(pte, first - 1, rights, error))
		first--;
	addr &= PAGE_MASK;
	start = addr + first * PAGE_SIZE;
	end = addr + (last + 1) * PAGE_SIZE;
	mapped_cut(addr, &start, &end);
	return host_maps(start, pa - (addr - start), end - start, rights);
}

static bool refill_huge(unsigned long addr, pmd_t pmd, unsigned long error)
{
	unsigned int rights = rights_of(__pte(pmd_val(pmd)), error);

	return enough(rights, error) &&
	       host_maps(addr & PMD_MASK, pmd_pfn(pmd) << PAGE_SHIFT, PMD_SIZE, rights);
}

/* NULL if nothing is mapped around @addr; then *@next is behind what this tells of. */
static inline pmd_t *pmd_of(pgd_t *pgd, unsigned long addr, unsigned long *next)
{
	p4d_t *p4d = p4d_offset(pgd, addr);
	pud_t *pud;
	pmd_t *pmd;

	*next = ALIGN(addr + 1, PGDIR_SIZE);
	if (p4d_none(*p4d))
		return NULL;
	pud = pud_offset(p4d, addr);
	*next = ALIGN(addr + 1, PUD_SIZE);
	if (pud_none(*pud))
		return NULL;
	pmd = pmd_offset(pud, addr);
	*next = ALIGN(addr + 1, PMD_SIZE);
	return pmd_none(*pmd) ? NULL : pmd;
}

static bool refill_from(pgd_t *pgd, unsigned long addr, unsigned long error)
{
	unsigned long next;
	pmd_t *pmd = pmd_of(pgd, addr, &next);

	if (!pmd || !pmd_present(*pmd))
		return false;
	if (pmd_leaf(*pmd))
		return refill_huge(addr, *pmd, error);
	return refill_pages(addr, pte_offset_kernel(pmd, addr), error);
}

bool tlb_refill(unsigned long addr, unsigned long error)
{
	if (addr >= VMALLOC_START && addr < VMALLOC_END)
		return refill_from(pgd_offset_k(addr), addr, error);
	if (addr >= TASK_SIZE_MAX || (addr >= IMAGE_START && addr < IMAGE_END) || !current->mm)
		return false;
	return refill_from(pgd_offset(current->mm, addr), addr, error);
}

bool tlb_map(struct mm_struct *mm, unsigned long addr)
{
	return refill_from(pgd_offset(mm, addr), addr, 0);
}

bool tlb_allows(struct mm_struct *mm, unsigned long addr, unsigned long pa, unsigned int rights)
{
	unsigned long next, there;
	pmd_t *pmd = pmd_of(pgd_offset(mm, addr), addr, &next);
	pte_t pte;

	if (!pmd || !pmd_present(*pmd))
		return false;
	if (pmd_leaf(*pmd)) {
		pte = __pte(pmd_val(*pmd));
		there = (pmd_pfn(*pmd) << PAGE_SHIFT) + (addr & ~PMD_MASK);
	} else {
		pte = *pte_offset_kernel(pmd, addr);
		there = pte_pfn(pte) << PAGE_SHIFT;
	}
	return there == pa && !(rights & ~rights_of(pte, rights & RUMPUSER_EXEC ? PF_INSTR : 0));
}

/*
 * Of a program's variables nearly all pages are written to. Each fault less saves the host a signal
 * and a mapping, which takes longer than to copy a page: so some are copied at once.
 */
static void copy_around(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long at = ALIGN_DOWN(addr, AROUND), end = min(at + AROUND, vma->vm_end), next;
	pmd_t *pmd = pmd_of(vma->vm_mm->pgd + pgd_index(addr), addr, &next);

	if (!pmd || pmd_leaf(*pmd))
		return;
	for (at = max(at, vma->vm_start); at < end; at += PAGE_SIZE)
		if (!pte_write(*pte_offset_kernel(pmd, at)) &&
		    handle_mm_fault(vma, at, FAULT_FLAG_WRITE, NULL) & VM_FAULT_ERROR)
			return;
}

/* Programs' variables lie in private mappings of files in place. */
static void fault_around(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	if (!mmap_read_trylock(mm))
		return;
	vma = vma_lookup(mm, addr);
	if (vma && vma_is_dax(vma) && (vma->vm_flags & (VM_WRITE | VM_SHARED)) == VM_WRITE)
		copy_around(vma, addr);
	mmap_read_unlock(mm);
}

void tlb_page_ready(unsigned long addr, unsigned long error)
{
	fault_around(current->mm, addr);
	if (!tlb_refill(addr, error) && refused)
		force_sig_fault(SIGBUS, BUS_ADRERR, (void __user *)addr);
}

void tlb_switch(struct mm_struct *mm)
{
	mapped_check(mm);
}

static void unmap(unsigned long start, unsigned long end)
{
	if (start < end)
		rumpuser_unmap(start, end - start);
}

void flush_tlb_mm_range(struct mm_struct *mm, unsigned long start, unsigned long end,
			unsigned int shift)
{
	/* What the last thread of a program leaves behind is looked at in the switch to another. */
	if (mm != current->active_mm || !atomic_read(&mm->mm_users))
		return;
	if (end == TLB_FLUSH_ALL) {
		mapped_check(mm);
		return;
	}
	start &= PAGE_MASK;
	end = PAGE_ALIGN(end);
	if (!mapped_forget(start, end))
		return;
	unmap(start, min(end, IMAGE_START));
	unmap(max(start, IMAGE_END), end);
}

void stack_ready(const void *stack)
{
	unsigned int i;

	for (i = 0; i < THREAD_SIZE; i += PAGE_SIZE)
		READ_ONCE(*(const char *)(stack + i));
}

/* Where the page tables map the kernel's page at @addr; *@next is behind what this tells of. */
static bool kernel_page_there(unsigned long addr, unsigned long *next)
{
	pmd_t *pmd = pmd_of(pgd_offset_k(addr), addr, next);

	if (!pmd)
		return false;
	*next = addr + PAGE_SIZE;
	return !pte_none(*pte_offset_kernel(pmd, addr));
}

/*
 * Linux flushes from the first to the last area that was given up, once there are many. What is in
 * use between them stays: a stack that went would be missed by the handler of signals.
 */
void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	unsigned long addr, next, gone;

	gone = addr = max(start & PAGE_MASK, VMALLOC_START);
	end = min(PAGE_ALIGN(end), VMALLOC_END + 1);
	for (; addr < end; addr = next) {
		if (kernel_page_there(addr, &next)) {
			unmap(gone, addr);
			gone = next;
		}
	}
	unmap(gone, end);
}

void flush_tlb_all(void)
{
	mapped_check(current->active_mm);
	flush_tlb_kernel_range(VMALLOC_START, VMALLOC_END);
}
