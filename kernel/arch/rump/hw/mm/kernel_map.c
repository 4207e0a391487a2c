// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel's own mappings. head.S maps the first GiB writable and executable in
 * three places: at its own address, in the direct map, and as the kernel image.
 * Here the direct map grows to all RAM and loses execution, and the image gets
 * page tables of its own: text read-only, everything else not executable.
 *
 * The image's PTE pages serve the direct map as well, so that no alias of the
 * text is writable; NX in the direct map's PMD entries keeps that one from being
 * executed. Hence all pages of the image have the same rights in both.
 */
#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <asm/cpuid.h>
#include <asm/kernel_map.h>
#include <asm/pgalloc.h>
#include <asm/sections.h>
#include <asm/tlbflush.h>

/* head.S maps this much of the direct map; until paging_init() nothing above can be touched. */
#define EARLY_MAP_SIZE 0x40000000ul

static pmd_t image_pmd[PTRS_PER_PMD] __page_aligned_bss;

static void *__init alloc_table(void)
{
	void *table = memblock_alloc(PAGE_SIZE, PAGE_SIZE);

	if (!table)
		panic("rump: no memory for page tables");
	return table;
}

static void __init map_gib(pud_t *pud, phys_addr_t start, phys_addr_t end)
{
	phys_addr_t pa;
	pmd_t *pmd;

	if (pud_none(*pud))
		set_pud(pud, __pud(__pa(alloc_table()) | _KERNPG_TABLE));
	pmd = pud_pgtable(*pud);
	for (pa = start; pa < end; pa += PMD_SIZE)
		set_pmd(&pmd[pmd_index(pa)],
			pfn_pmd(pa >> PAGE_SHIFT, __pgprot(_KERNPG | _PAGE_PSE | _PAGE_NX)));
}

static void __init map_ram(phys_addr_t start, phys_addr_t end)
{
	bool huge = cpu_has(CPU_HAS_GBPAGES);
	phys_addr_t pa, next;
	unsigned long va;
	pud_t *pud;

	for (pa = max_t(phys_addr_t, start & PMD_MASK, PUD_SIZE); pa < end; pa = next) {
		next = min(ALIGN(pa + 1, PUD_SIZE), ALIGN(end, PMD_SIZE));
		va = (unsigned long)__va(pa);
		pud = pud_offset(p4d_offset(pgd_offset_k(va), va), va);
		if (huge && next - pa == PUD_SIZE && pud_none(*pud))
			set_pud(pud, pfn_pud(pa >> PAGE_SHIFT,
					     __pgprot(_KERNPG | _PAGE_PSE | _PAGE_NX)));
		else
			map_gib(pud, pa, next);
	}
}

/* From here on the image can be executed at its own addresses only. */
static pgprot_t __init image_prot(unsigned long addr)
{
	if ((addr >= (unsigned long)_text && addr < (unsigned long)_etext) ||
	    (addr >= (unsigned long)_sinittext && addr < (unsigned long)_einittext))
		return PAGE_KERNEL_ROX;
	return PAGE_KERNEL; /* rodata: mark_rodata_ro() */
}

static void __init map_image(void)
{
	unsigned long va, end = PMD_MASK & (unsigned long)__init_end;
	pte_t *pte;
	int i;

	for (va = (unsigned long)_text & PMD_MASK; va <= end; va += PMD_SIZE) {
		pte = alloc_table();
		for (i = 0; i < PTRS_PER_PTE; i++)
			set_pte(&pte[i], pfn_pte(__pa_symbol(va + i * PAGE_SIZE) >> PAGE_SHIFT,
						 image_prot(va + i * PAGE_SIZE)));
		set_pmd(&image_pmd[pmd_index(va)], __pmd(__pa(pte) | _KERNPG_TABLE));
	}
	/* What bake appended: the root file system, read in place. */
	for (; va < (unsigned long)_end; va += PMD_SIZE)
		set_pmd(&image_pmd[pmd_index(va)],
			pfn_pmd(__pa_symbol(va) >> PAGE_SHIFT,
				__pgprot(pgprot_val(PAGE_KERNEL_RO) | _PAGE_PSE)));
	set_pud(&early_pud_hi[pud_index(KERNEL_MAP)],
		__pud(__pa_symbol(image_pmd) | _KERNPG_TABLE));
	/* Until no CPU cache leads there any more, the image runs by early_pmd: only then NX. */
	flush_tlb_local_all();
	for (va = (unsigned long)_text & PMD_MASK; va <= end; va += PMD_SIZE)
		set_pmd(&early_pmd[pmd_index(va)],
			__pmd(pmd_val(image_pmd[pmd_index(va)]) | _PAGE_NX));
}

/* Loaders obey the image's addresses, whatever the memory map says of them. */
static void __init check_place(void)
{
	if (!memblock_is_region_memory(__pa_symbol(_text), _end - _text))
		pr_warn("rump: the image was loaded over memory that the firmware keeps\n");
}

void __init paging_init(void)
{
	phys_addr_t start, end;
	u64 i;

	check_place();
	memblock_set_current_limit(EARLY_MAP_SIZE);
	for_each_mem_range (i, &start, &end)
		map_ram(start, end);
	map_image();
	set_pgd(&swapper_pg_dir[0], __pgd(0)); /* the identity map has done its work */
	set_pud(&early_pud_lo[0], __pud(pud_val(early_pud_lo[0]) | _PAGE_NX));
	flush_tlb_local_all();
	memblock_set_current_limit(MEMBLOCK_ALLOC_ANYWHERE); /* all RAM is mapped */
	sparse_init();
	zone_sizes_init();
}

static void set_image_prot(const char *start, const char *end, pgprot_t prot)
{
	unsigned long va;

	for (va = (unsigned long)start; va < (unsigned long)end; va += PAGE_SIZE) {
		pte_t *pte = pte_offset_kernel(&image_pmd[pmd_index(va)], va);

		set_pte(pte, pfn_pte(__pa_symbol(va) >> PAGE_SHIFT, prot));
	}
	flush_tlb_kernel_range((unsigned long)start, (unsigned long)end);
}

void mark_rodata_ro(void)
{
	set_image_prot(__rodata_begin, __end_rodata, PAGE_KERNEL_RO);
}

void free_initmem(void)
{
	set_image_prot(_sinittext, _einittext, PAGE_KERNEL);
	free_initmem_default(POISON_FREE_INITMEM);
}
