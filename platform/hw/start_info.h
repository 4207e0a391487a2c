/* SPDX-License-Identifier: GPL-2.0 */
/* PVH's boot record (Xen docs/misc/pvh.pandoc and public/arch-x86/hvm/start_info.h). */
#ifndef HW_START_INFO_H
#define HW_START_INFO_H

#include "rumpuser.h"

#define PVH_MAGIC 0x336ec578

struct pvh_start_info {
	uint32_t magic, version, flags, modules;
	uint64_t module_list, command_line, rsdp;
	uint64_t memory_map; /* these three from version 1 on */
	uint32_t memory_map_entries, reserved;
};

struct pvh_module {
	uint64_t start, size, command_line, reserved;
};

struct pvh_memory {
	uint64_t start, size;
	uint32_t type, reserved;
};

/*
 * multiboot.c: the same record, out of what GRUB tells. @record is the entry code's: the magic,
 * then the information's address. *info is where that lies, in memory that GRUB calls free; the
 * result points into it. NULL: no such record, or out of the early map's reach.
 */
const struct pvh_start_info *hw_multiboot_read(const uint32_t *record,
					       struct rumpuser_memory *info);

#endif
