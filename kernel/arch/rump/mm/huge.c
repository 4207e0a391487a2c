// SPDX-License-Identifier: GPL-2.0
/* Whether this machine is large enough for huge pages; see asm/pgtable-huge.h. */
#include <linux/mm.h>
#include <linux/sizes.h>

bool rump_huge_pages(void)
{
	return totalram_pages() >= (SZ_64M + SZ_32M) >> PAGE_SHIFT;
}
