// SPDX-License-Identifier: GPL-2.0
/*
 * Pages of a file that is mapped in place. Linux enters the neighbours of a page that is in the
 * page cache into the page tables at once (fault-around), but not those of one in the root in
 * memory, where programs are. EROFS calls dax_iomap_fault() by the name of what is below
 * (kernel/Makefile). What it maps neither changes nor moves: nobody has to find the mappings of a
 * page again.
 */
#include <linux/dax.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/iomap.h>
#include <linux/mm.h>
#include <linux/pfn_t.h>
#include <linux/sizes.h>
#include "dax.h"

/* In a process a fault costs ten times as much as on a machine. */
#define AROUND (IS_ENABLED(CONFIG_RUMP_PROC) ? SZ_512K : SZ_64K)

/* Addresses, and where the first one is in the file */
struct window {
	unsigned long start, end;
	loff_t pos;
};

/* Counted from the beginning of the area, most of which are small; all in one page table. */
static struct window around(const struct vm_fault *vmf)
{
	const struct vm_area_struct *vma = vmf->vma;
	unsigned long table = ALIGN_DOWN(vmf->address, PMD_SIZE);
	unsigned long first = vma->vm_start + ALIGN_DOWN(vmf->address - vma->vm_start, AROUND);
	unsigned long start = max(first, table);

	return (struct window){
		.start = start,
		.end = min3(first + AROUND, table + PMD_SIZE, vma->vm_end),
		.pos = ((loff_t)vma->vm_pgoff << PAGE_SHIFT) + (start - vma->vm_start),
	};
}

/* How many pages follow each other on the device from there on, @pages at most; the first: *@pfn */
static long find_pages(const struct iomap *map, loff_t pos, long pages, pfn_t *pfn)
{
	loff_t at = map->addr + (pos - map->offset);
	long there;
	int id;

	if (map->type != IOMAP_MAPPED || at & ~PAGE_MASK)
		return 0;
	pages = min_t(loff_t, pages, PFN_UP(map->offset + map->length - pos));
	id = dax_read_lock();
	there = dax_direct_access(map->dax_dev, PHYS_PFN(at), pages, DAX_ACCESS, NULL, pfn);
	dax_read_unlock(id);
	return min(there, pages);
}

static void enter(struct vm_area_struct *vma, const struct window *w, const struct iomap *map)
{
	long i, pages;
	pfn_t pfn;

	pages = find_pages(map, w->pos, PHYS_PFN(w->end - w->start), &pfn);
	for (i = 0; i < pages; i++) {
		vmf_insert_mixed(vma, w->start + PFN_PHYS(i), pfn);
		pfn.val++;
	}
}

static void enter_around(struct vm_fault *vmf, const struct iomap_ops *ops)
{
	struct inode *inode = file_inode(vmf->vma->vm_file);
	struct iomap map = { 0 }, source = { 0 };
	const unsigned int flags = IOMAP_DAX | IOMAP_FAULT;
	struct window w = around(vmf);
	loff_t length = min_t(loff_t, w.end - w.start, i_size_read(inode) - w.pos);

	if (length <= 0 || ops->iomap_begin(inode, w.pos, length, flags, &map, &source))
		return;
	enter(vmf->vma, &w, &map);
	if (ops->iomap_end)
		ops->iomap_end(inode, w.pos, length, 0, flags, &map);
}

vm_fault_t rump_dax_iomap_fault(struct vm_fault *vmf, unsigned int order, pfn_t *pfnp, int *errp,
				const struct iomap_ops *ops)
{
	vm_fault_t ret = dax_iomap_fault(vmf, order, pfnp, errp, ops);

	/* Of what may be written to, a page is wanted otherwise. */
	if (ret == VM_FAULT_NOPAGE && !order && !(vmf->vma->vm_flags & VM_WRITE))
		enter_around(vmf, ops);
	return ret;
}
EXPORT_SYMBOL_GPL(rump_dax_iomap_fault);
