// SPDX-License-Identifier: GPL-2.0
/* From the process's entry to start_kernel(), and the platform under it. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/start_kernel.h>
#include <asm/console.h>
#include <asm/cpuid.h>
#include <asm/fpu.h>
#include <asm/fsgsbase.h>
#include <asm/kasan.h>
#include <asm/machine.h>
#include <asm/rumpuser.h>
#include <asm/sections.h>
#include <asm/setup.h>
#include <asm/trap.h>
#include <asm/tsc.h>

static int platform_error;

/* The platform begins with all of RAM: that is the direct map. */
static void *map_memory(uint64_t pa, size_t size)
{
	unsigned long va = (unsigned long)__va(pa);

	return rumpuser_map(va, pa, size, RUMPUSER_READ | RUMPUSER_WRITE) ? NULL : (void *)va;
}

static uint64_t physical(const void *p)
{
	return __pa(p);
}

/* The platform comes first: it moves the variables, to which nobody may have written before. */
asmlinkage __visible void rump_start(const void *stack);
asmlinkage __visible void __init rump_start(const void *stack)
{
	static const struct rumpuser_hyperup up = {
		.map_memory = map_memory,
		.physical = physical,
		.variables = __moved_begin,
		.variables_end = __moved_end,
	};
	u64 begin = rdtsc();

	kasan_map_shadow();
	platform_error = rumpuser_init(RUMPUSER_VERSION, stack, &up);
	rump_boot_tsc = begin;
	rump_hwcap = cpuid_basic(1, CPUID_EDX);
	fpu_detect();
	start_kernel();
}

void __init rump_platform_init(void)
{
	rump_log_init();
	if (platform_error)
		panic("the platform is of another version");
	rumpuser_trap_init(rump_trap);
	fsgsbase_init_cpu();
	/* SLUB and percpu.h count on cmpxchg16b; every x86_64 CPU since 2006 has it. */
	if (!cpu_has(CPU_HAS_CX16))
		panic("this CPU has no cmpxchg16b");
}

/*
 * A part of the sandbox is made while the kernel makes itself. Drivers, which are the first to look
 * at anything from outside, and PID 1 come later.
 */
static int __init confine(void)
{
	rumpuser_confine();
	return 0;
}
fs_initcall_sync(confine);
