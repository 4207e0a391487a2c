// SPDX-License-Identifier: GPL-2.0
/* What the kernel offers the platform: views of memory and of device registers. */
#include <linux/init.h>
#include <linux/io.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/slab.h>
#include <asm/console.h>
#include <asm/cpu_init.h>
#include <asm/rumpuser.h>
#include <asm/sections.h>
#include <asm/setup.h>

/*
 * The direct map has all RAM. Firmware's tables may lie elsewhere: map their 2 MiB
 * page too. That takes boot memory, so only early (hence __ref).
 */
static bool __ref map_page(unsigned long va, phys_addr_t pa)
{
	pud_t *pud = pud_offset(p4d_offset(pgd_offset_k(va), va), va);
	pmd_t *pmd;

	if (pud_leaf(*pud))
		return true;
	if (pud_none(*pud)) {
		if (slab_is_available())
			return false;
		pmd = memblock_alloc(PAGE_SIZE, PAGE_SIZE);
		if (!pmd)
			return false;
		set_pud(pud, __pud(__pa(pmd) | _KERNPG_TABLE));
	}
	pmd = pmd_offset(pud, va);
	if (pmd_none(*pmd))
		set_pmd(pmd, __pmd(pa | pgprot_val(PAGE_KERNEL) | _PAGE_PSE));
	return true;
}

static void *map_memory(uint64_t pa, size_t size)
{
	phys_addr_t p;

	for (p = pa & PMD_MASK; p < pa + size; p += PMD_SIZE)
		if (!map_page((unsigned long)__va(p), p))
			return NULL;
	return __va(pa);
}

static void *map_device(uint64_t pa, size_t size)
{
	return (__force void *)ioremap(pa, size);
}

static uint64_t physical(const void *p)
{
	return __pa(p);
}

void __init rump_platform_init(void)
{
	static const struct rumpuser_hyperup up = {
		.map_memory = map_memory,
		.map_device = map_device,
		.physical = physical,
	};
	int err = rumpuser_init(RUMPUSER_VERSION, __va(pvh_start_info_pa), &up);

	/* Not before: a platform that is not set up has no place for a log. */
	rump_log_init();
	if (err)
		panic("not started by a loader that speaks PVH or Multiboot 2");
	memblock_reserve(__pa(_text), _end - _text);
}
