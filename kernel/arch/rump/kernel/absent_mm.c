// SPDX-License-Identifier: GPL-2.0
/*
 * As absent.c, for khugepaged. Without it memory is given in huge pages where it is touched first,
 * but small pages stay what they are.
 */
#include <linux/init.h>
#include <linux/khugepaged.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sysfs.h>

/* Huge pages are split for want of memory if this many parts of them were never used: none are. */
unsigned int khugepaged_max_ptes_none __weak = HPAGE_PMD_NR - 1;

static struct attribute *no_attributes[] = { NULL };
struct attribute_group khugepaged_attr_group __weak = { .attrs = no_attributes };

int __init __weak khugepaged_init(void)
{
	return 0;
}

void __init __weak khugepaged_destroy(void)
{
}

int __weak start_stop_khugepaged(void)
{
	return 0;
}

void __weak __khugepaged_enter(struct mm_struct *mm)
{
}

void __weak __khugepaged_exit(struct mm_struct *mm)
{
}

void __weak khugepaged_enter_vma(struct vm_area_struct *vma, unsigned long vm_flags)
{
}

void __weak khugepaged_min_free_kbytes_update(void)
{
}

bool __weak current_is_khugepaged(void)
{
	return false;
}

int __weak madvise_collapse(struct vm_area_struct *vma, struct vm_area_struct **prev,
			    unsigned long start, unsigned long end)
{
	return -EINVAL;
}

int __weak hugepage_madvise(struct vm_area_struct *vma, unsigned long *vm_flags, int advice)
{
	bool huge = advice == MADV_HUGEPAGE;

	*vm_flags &= ~(VM_HUGEPAGE | VM_NOHUGEPAGE);
	*vm_flags |= huge ? VM_HUGEPAGE : VM_NOHUGEPAGE;
	return 0;
}
