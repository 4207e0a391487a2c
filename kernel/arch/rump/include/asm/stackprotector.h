/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_STACKPROTECTOR_H
#define _ASM_RUMP_STACKPROTECTOR_H
#include <linux/init.h>
#include <linux/random.h>

extern unsigned long __stack_chk_guard;

/* Called by start_kernel(), which never returns: its own frame has the old canary. */
static __always_inline void boot_init_stack_canary(void)
{
	__stack_chk_guard = get_random_canary();
}
#endif
