// SPDX-License-Identifier: GPL-2.0
/* Memory: RAM in the direct map, struct pages, and what programs see of the image. */
#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/page-isolation.h>
#include <asm/kasan.h>
#include <asm/machine.h>
#include <asm/rumpuser.h>
#include <asm/sections.h>
#include <asm/vdso.h>

pgd_t swapper_pg_dir[PTRS_PER_PGD] __page_aligned_bss;
void *empty_zero_page;
EXPORT_SYMBOL(empty_zero_page);

void __init paging_init(void)
{
	unsigned long max[MAX_NR_ZONES] = { [ZONE_NORMAL] = max_low_pfn };

	memblock_set_bottom_up(true); /* beside what pack() makes the next to be used */
	kasan_init();
	empty_zero_page = memblock_alloc(PAGE_SIZE, PAGE_SIZE);
	if (!empty_zero_page)
		panic("no memory for the zero page");
	vdso_move();
	free_area_init(max);
}

/*
 * The host gives 2 MiB for the first page that is touched of them. So what the kernel allocates
 * for itself begins right behind the struct pages, and in small memories no kind of page has blocks
 * of its own.
 */
static void __init pack(void)
{
	unsigned long struct_pages = max_mapnr * sizeof(struct page) / PAGE_SIZE, pfn;
	unsigned long end = min_low_pfn + struct_pages + 2 * pageblock_nr_pages;

	if (max_mapnr <= SZ_64M / PAGE_SIZE)
		page_group_by_mobility_disabled = 1;
	end = min(ALIGN_DOWN(end, pageblock_nr_pages), max_low_pfn);
	for (pfn = min_low_pfn; pfn < end; pfn += pageblock_nr_pages)
		set_pageblock_migratetype(pfn_to_page(pfn), MIGRATE_UNMOVABLE);
}

void __init mem_init(void)
{
	max_mapnr = max_low_pfn - ARCH_PFN_OFFSET;
	pack();
	high_memory = __va(max_low_pfn << PAGE_SHIFT);
	memblock_free_all();
}

/* The image is no RAM: of it, only what has moved there can be given to others. */
void free_initmem(void)
{
	void *start = __va(PFN_PHYS(min_low_pfn)) + (__init_begin - __moved_begin);

	free_reserved_area(start, start + (__init_end - __init_begin), -1, NULL);
}

bool rump_virt_addr_valid(unsigned long addr)
{
	return addr >= PAGE_OFFSET && addr < VMALLOC_START && pfn_valid(__pa(addr) >> PAGE_SHIFT);
}
EXPORT_SYMBOL(rump_virt_addr_valid);
