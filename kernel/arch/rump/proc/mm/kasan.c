// SPDX-License-Identifier: GPL-2.0
/* The kernel address sanitizer, in the base that is made for tests. */
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/sched/task.h>
#include <asm/rumpuser.h>

void __init kasan_map_shadow(void)
{
	rumpuser_reserve(KASAN_SHADOW_START, KASAN_SHADOW_END - KASAN_SHADOW_START);
}

void __init kasan_init(void)
{
	init_task.kasan_depth = 0;
	pr_info("KernelAddressSanitizer initialized\n");
}
