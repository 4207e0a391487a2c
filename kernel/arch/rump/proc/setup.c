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

asmlinkage __visible void rump_start(void);
asmlinkage __visible void __init rump_start(void)
{
	kasan_map_shadow();
	rump_boot_tsc = rdtsc();
	rump_hwcap = cpuid_basic(1, CPUID_EDX);
	fpu_detect();
	start_kernel();
}

static uint64_t physical(const void *p)
{
	return __pa(p);
}

void __init rump_platform_init(void)
{
	static const struct rumpuser_hyperup up = { .physical = physical };

	int err = rumpuser_init(RUMPUSER_VERSION, (void *)rump_initial_stack, &up);

	rump_log_init();
	if (err)
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
