// SPDX-License-Identifier: GPL-2.0
/* What start_kernel() first asks: command line and memory. */
#include <linux/init.h>
#include <linux/initrd.h>
#include <linux/ioport.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/random.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/sysctl.h>
#include <asm/machine.h>
#include <asm/rumpuser.h>
#include <asm/sections.h>
#include <asm/setup.h>

unsigned int rump_hwcap;

static void __init add_memory(void)
{
	struct rumpuser_memory r;
	unsigned int i;

	for (i = 0; !rumpuser_memory(i, &r); i++) {
		if (!r.size)
			continue;
		if (r.type == RUMPUSER_MEMORY_RAM)
			memblock_add(r.start, r.size);
		if (r.type == RUMPUSER_MEMORY_KEEP)
			memblock_reserve(r.start, r.size);
	}
	/* Maps overlap where firmware is sloppy. What is not RAM wins. */
	for (i = 0; !rumpuser_memory(i, &r); i++)
		if (r.type == RUMPUSER_MEMORY_FIRMWARE || r.type == RUMPUSER_MEMORY_RESERVED)
			memblock_remove(r.start, r.size);
}

static void __init find_initrd(void)
{
#ifdef CONFIG_BLK_DEV_INITRD
	uint64_t start, size;

	if (rumpuser_boot_module(&start, &size))
		return;
	initrd_start = (unsigned long)__va(start); /* reserved: it is one of the KEEP ranges */
	initrd_end = initrd_start + size;
	initrd_below_start_ok = 1;
#endif
}

static void __init setup_memory(void)
{
	add_memory();
	find_initrd();
	max_pfn = max_low_pfn = PFN_DOWN(memblock_end_of_DRAM());
	min_low_pfn = PFN_UP(memblock_start_of_DRAM());
}

/* The generator must not wait: programs ask it before any device could have fed it. */
static void __init seed_entropy(void)
{
	u8 seed[64];
	size_t n = rumpuser_entropy(seed, sizeof(seed));

	if (n)
		add_bootloader_randomness(seed, n);
	memzero_explicit(seed, sizeof(seed));
}

void __init setup_arch(char **cmdline_p)
{
	setup_initial_init_mm(_stext, _etext, _edata, _end);
	rump_platform_init();
	strscpy(boot_command_line, rumpuser_command_line(), COMMAND_LINE_SIZE);
	if (!boot_command_line[0])
		strscpy(boot_command_line, CONFIG_CMDLINE, COMMAND_LINE_SIZE);
	*cmdline_p = boot_command_line;
	setup_memory();
	paging_init();
	rump_cpus_possible();
	seed_entropy();
}

/* /proc/iomem, and what asks whether an address is RAM before it maps it. */
static int __init register_memory(void)
{
	struct resource *r;
	phys_addr_t start, end;
	u64 i;

	for_each_mem_range (i, &start, &end) {
		r = kzalloc(sizeof(*r), GFP_KERNEL);
		if (!r)
			return -ENOMEM;
		r->name = "System RAM";
		r->start = start;
		r->end = end - 1;
		r->flags = IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY;
		if (request_resource(&iomem_resource, r))
			kfree(r);
	}
	return 0;
}
arch_initcall(register_memory);

#define THREADS_AT_LEAST "200"

/*
 * The number of threads is bounded by an eighth of the memory: 20 of them with
 * 6 MB, fewer than the kernel's own. This raises it as root would, by sysctl.
 */
static int __init allow_threads(void)
{
	struct ctl_table table = { .maxlen = sizeof(int) };
	char text[] = THREADS_AT_LEAST;
	size_t length = strlen(text);
	loff_t at = 0;

	if (totalram_pages() >= SZ_32M >> PAGE_SHIFT)
		return 0;
	return sysctl_max_threads(&table, 1, text, &length, &at);
}
early_initcall(allow_threads);
