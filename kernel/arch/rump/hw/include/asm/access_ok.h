/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_ACCESS_OK_H
#define _ASM_RUMP_ACCESS_OK_H
#include <asm/page.h>
#include <asm/processor.h>

/*
 * Programs have the lower half, and its non-canonical part faults. So the sign
 * of the address decides, unless the size could carry the end into the kernel.
 */
static __always_inline bool __access_ok(const void __user *ptr, unsigned long size)
{
	unsigned long addr = (__force unsigned long)ptr, end;

	if (__builtin_constant_p(size <= PAGE_SIZE) && size <= PAGE_SIZE)
		return (long)addr >= 0;
	end = addr + size;
	return (long)end >= 0 && end >= addr;
}
#define __access_ok	      __access_ok
#define access_ok(addr, size) likely(__access_ok(addr, size))
#include <asm-generic/access_ok.h>
#endif
