/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_KASAN_H
#define _ASM_RUMP_KASAN_H
/*
 * KASAN's shadow: a byte for each 8 of the process's address space, where the host gives memory
 * when it is touched. What it says of the program and of vmalloc is always: valid.
 */
#include <linux/const.h>

#define KASAN_SHADOW_SCALE_SHIFT 3
#define KASAN_SHADOW_OFFSET	 _AC(CONFIG_KASAN_SHADOW_OFFSET, UL)
#define KASAN_SHADOW_START	 KASAN_SHADOW_OFFSET
#define KASAN_SHADOW_END	 (KASAN_SHADOW_START + (_AC(1, UL) << (47 - KASAN_SHADOW_SCALE_SHIFT)))

#ifndef __ASSEMBLY__
#ifdef CONFIG_KASAN
/* Before any code that is instrumented, which looks at the shadow all the time. */
void kasan_map_shadow(void);
/* From here on it reports what it finds. */
void kasan_init(void);
#else
static inline void kasan_map_shadow(void)
{
}

static inline void kasan_init(void)
{
}
#endif
#endif
#endif
