/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_SPARSEMEM_H
#define _ASM_RUMP_SPARSEMEM_H
/*
 * Sections as small as the page allocator's largest block allows: a machine with
 * 4 MiB pays for 4 MiB of struct pages, and holes cost nothing. 1 TiB of address
 * space keeps the table of sections at 8 KiB.
 */
#define SECTION_SIZE_BITS 22
#define MAX_PHYSMEM_BITS  40
#endif
