/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_PGTABLE_HUGE_H
#define _ASM_RUMP_PGTABLE_HUGE_H
/* 2 MiB pages of programs: a PMD entry with PSE is like a PTE. Included by asm/pgtable.h. */

/*
 * Linux has them off below 512 MiB, and lets programs turn them on. Below 96 MiB there are none, as
 * what describes them in sysfs would be a twentieth of the way to PID 1.
 */
bool rump_huge_pages(void);
#define has_transparent_hugepage() rump_huge_pages()

#define pmd_trans_huge(x)	   pmd_leaf(x)
#define pmd_write(x)		   pte_write(__pte(pmd_val(x)))
#define pmd_dirty(x)		   pte_dirty(__pte(pmd_val(x)))
#define pmd_young(x)		   pte_young(__pte(pmd_val(x)))
#define mk_pmd(page, prot)	   pfn_pmd(page_to_pfn(page), prot)

#define __PMD_FN(name)                                                \
	static inline pmd_t pmd_##name(pmd_t p)                       \
	{                                                             \
		return __pmd(pte_val(pte_##name(__pte(pmd_val(p))))); \
	}
__PMD_FN(wrprotect)
__PMD_FN(mkclean)
__PMD_FN(mkold)
__PMD_FN(mkwrite_novma)
__PMD_FN(mkdirty)
__PMD_FN(mkyoung)
__PMD_FN(mkhuge)
__PMD_FN(mkdevmap)
#undef __PMD_FN

/* The root in memory is mapped by small pages only; PUDs are never leaves of programs. */
#define pmd_devmap(x) pte_devmap(__pte(pmd_val(x)))
#define pud_devmap(x) 0
#define pgd_devmap(x) 0

/* PSE stays: pmd_present() goes by it. */
static inline pmd_t pmd_mkinvalid(pmd_t p)
{
	return __pmd(pmd_val(p) & ~(_PAGE_PRESENT | _PAGE_PROTNONE));
}

static inline pmd_t pmd_modify(pmd_t p, pgprot_t prot)
{
	unsigned long keep = pmd_val(p) & _HPAGE_CHG_MASK;

	return __pmd(keep | (pgprot_val(prot) & ~(_HPAGE_CHG_MASK & ~_PAGE_ACCESSED)));
}

static inline void set_pmd_at(struct mm_struct *mm, unsigned long addr, pmd_t *pmdp, pmd_t pmd)
{
	set_pmd(pmdp, pmd);
}

#define __HAVE_ARCH_PMDP_HUGE_GET_AND_CLEAR
static inline pmd_t pmdp_huge_get_and_clear(struct mm_struct *mm, unsigned long addr, pmd_t *pmdp)
{
	return __pmd(xchg(&pmdp->pmd, 0));
}

#define __HAVE_ARCH_PMDP_TEST_AND_CLEAR_YOUNG
static inline int pmdp_test_and_clear_young(struct vm_area_struct *vma, unsigned long addr,
					    pmd_t *pmdp)
{
	return pmd_young(*pmdp) && test_and_clear_bit(_PAGE_BIT_ACCESSED, &pmdp->pmd);
}

#define __HAVE_ARCH_PMDP_CLEAR_YOUNG_FLUSH
#define pmdp_clear_flush_young(vma, addr, pmdp) pmdp_test_and_clear_young(vma, addr, pmdp)

#define __HAVE_ARCH_PMDP_SET_WRPROTECT
static inline void pmdp_set_wrprotect(struct mm_struct *mm, unsigned long addr, pmd_t *pmdp)
{
	clear_bit(_PAGE_BIT_RW, &pmdp->pmd);
}

#define __HAVE_ARCH_PMDP_SET_ACCESS_FLAGS
static inline int pmdp_set_access_flags(struct vm_area_struct *vma, unsigned long addr, pmd_t *pmdp,
					pmd_t entry, int dirty)
{
	int changed = pmd_val(*pmdp) != pmd_val(entry);

	if (changed && dirty)
		set_pmd(pmdp, entry);
	return changed;
}

#define pmdp_establish pmdp_establish
static inline pmd_t pmdp_establish(struct vm_area_struct *vma, unsigned long addr, pmd_t *pmdp,
				   pmd_t pmd)
{
	return __pmd(xchg(&pmdp->pmd, pmd_val(pmd)));
}
#endif
