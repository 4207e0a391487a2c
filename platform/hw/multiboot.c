// SPDX-License-Identifier: GPL-2.0
/*
 * GRUB's boot information (Multiboot2 Specification 2.0, 3.6) as a PVH record.
 * Nothing is copied: the entries of both memory maps are of one layout.
 */
#include "hw.h"
#include "start_info.h"

#define MAGIC 0x36d76289
#define FIXED 8 /* bytes before the first tag: size, reserved */

enum { END = 0, COMMAND_LINE = 1, MODULE = 3, MEMORY_MAP = 6, RSDP_OLD = 14, RSDP = 15 };

struct tag {
	uint32_t type, size;
};

struct module_tag {
	struct tag tag;
	uint32_t start, end;
};

struct map_tag {
	struct tag tag;
	uint32_t entry_size, entry_version;
};

static struct pvh_start_info made = { .magic = PVH_MAGIC, .version = 1 };
static struct pvh_module module;

/* The first module is the one that is ours to use. */
static void read_module(const struct module_tag *t)
{
	if (made.modules)
		return;
	module.start = t->start;
	module.size = t->end - t->start;
	made.modules = 1;
	made.module_list = hw_up.physical(&module);
}

static void read_map(const struct map_tag *t, uint64_t pa)
{
	if (t->entry_size != sizeof(struct pvh_memory))
		return;
	made.memory_map = pa + sizeof(*t);
	made.memory_map_entries = (t->tag.size - sizeof(*t)) / sizeof(struct pvh_memory);
}

static void read_tag(const struct tag *t, uint64_t pa)
{
	switch (t->type) {
	case COMMAND_LINE:
		made.command_line = pa + sizeof(*t);
		break;
	case MODULE:
		read_module((const struct module_tag *)t);
		break;
	case MEMORY_MAP:
		read_map((const struct map_tag *)t, pa);
		break;
	case RSDP_OLD: /* ACPI 1.0's; the newer tells more */
		if (made.rsdp)
			break;
		/* fall through */
	case RSDP:
		made.rsdp = pa + sizeof(*t);
		break;
	}
}

const struct pvh_start_info *hw_multiboot_read(const uint32_t *record, struct rumpuser_memory *info)
{
	const uint32_t *head;
	const struct tag *t;
	uint64_t pa, end;

	if (record[0] != MAGIC)
		return NULL;
	pa = record[1];
	head = hw_up.map_memory(pa, FIXED);
	if (!head || !hw_up.map_memory(pa, head[0]))
		return NULL;
	info->start = pa;
	info->size = head[0];
	end = pa + head[0];
	for (pa += FIXED; pa + sizeof(*t) <= end; pa += (t->size + 7) & ~7u) {
		t = hw_up.map_memory(pa, sizeof(*t));
		if (t->type == END || t->size < sizeof(*t))
			break;
		read_tag(t, pa);
	}
	return made.memory_map ? &made : NULL;
}
