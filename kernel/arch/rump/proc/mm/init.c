// SPDX-License-Identifier: GPL-2.0
/* Memory: RAM in the direct map, struct pages, and what programs see of the image. */
#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <asm/kasan.h>
#include <asm/rumpuser.h>
#include <asm/vdso.h>

pgd_t swapper_pg_dir[PTRS_PER_PGD] __page_aligned_bss;
void *empty_zero_page;
EXPORT_SYMBOL(empty_zero_page);

static void __init map_ram(void)
{
	phys_addr_t start, end;
	u64 i;

	for_each_mem_range (i, &start, &end)
		if (rumpuser_map((unsigned long)__va(start), start, end - start,
				 RUMPUSER_READ | RUMPUSER_WRITE))
			panic("the host does not map the memory");
}

void __init paging_init(void)
{
	unsigned long max[MAX_NR_ZONES] = { [ZONE_NORMAL] = max_low_pfn };

	map_ram();
	kasan_init();
	empty_zero_page = memblock_alloc(PAGE_SIZE, PAGE_SIZE);
	if (!empty_zero_page)
		panic("no memory for the zero page");
	vdso_move();
	free_area_init(max);
}

void __init mem_init(void)
{
	max_mapnr = max_low_pfn - ARCH_PFN_OFFSET;
	high_memory = __va(max_low_pfn << PAGE_SHIFT);
	memblock_free_all();
}

/* The image is no RAM: nothing of it can be given to others. */
void free_initmem(void)
{
}

bool rump_virt_addr_valid(unsigned long addr)
{
	return addr >= PAGE_OFFSET && addr < VMALLOC_START && pfn_valid(__pa(addr) >> PAGE_SHIFT);
}
EXPORT_SYMBOL(rump_virt_addr_valid);
