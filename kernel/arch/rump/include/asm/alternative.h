/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_ALTERNATIVE_H
#define _ASM_RUMP_ALTERNATIVE_H
#include <linux/stringify.h>
#include <asm/asm.h>
/*
 * Atomics, bit operations and other wrappers of single instructions come from
 * arch/x86's own headers: the CPU is the same and so is the best code for it.
 * They expect the lock prefix here. There is no run-time patching of text.
 */
#ifdef CONFIG_SMP
#define LOCK_PREFIX "lock; "
#else
#define LOCK_PREFIX ""
#endif
#define LOCK_PREFIX_HERE ""
#endif
