/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_CACHEFLUSH_H
#define _ASM_RUMP_CACHEFLUSH_H
#include <asm/tlbflush.h>

/* Most of what is mapped here are stacks, which are needed at once: better now than by a fault. */
#define flush_cache_vmap flush_cache_vmap
static inline void flush_cache_vmap(unsigned long start, unsigned long end)
{
	tlb_refill(start, 0);
}

#include <asm-generic/cacheflush.h>
#endif
