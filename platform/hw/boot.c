// SPDX-License-Identifier: GPL-2.0
/* Boot record, memory map and command line from the PVH entry, or what multiboot.c makes of GRUB's.
 */
#include "hw.h"
#include "start_info.h"
#include "x86.h"

/* ACPI 6.2, 15: system address map types */
enum { E820_RAM = 1, E820_ACPI = 3, E820_NVS = 4 };

struct rumpuser_hyperup hw_up;
uint64_t hw_acpi_root;

static const struct pvh_start_info *pvh;
static struct rumpuser_memory loader_info; /* Multiboot's: other records point into it */
static const char *command_line = "";

static unsigned int text_length(const char *s)
{
	unsigned int n = 0;

	while (s[n])
		n++;
	return n;
}

int rumpuser_init(int version, const void *boot, const struct rumpuser_hyperup *up)
{
	const struct pvh_start_info *info = boot;

	hw_console_init();
	hw_up = *up;
	if (info->magic != PVH_MAGIC)
		info = hw_multiboot_read(boot, &loader_info);
	if (version != RUMPUSER_VERSION || !info)
		return -1;
	pvh = info;
	hw_acpi_root = info->rsdp;
	if (info->command_line)
		command_line = hw_up.map_memory(info->command_line, 1);
	return 0;
}

const char *rumpuser_command_line(void)
{
	return command_line;
}

/* Reads "key=v,v" with n numbers (C notation) from the command line. */
bool hw_command_line_value(const char *key, unsigned long *values, unsigned int n)
{
	unsigned int k = text_length(key), i;
	const char *s = command_line;

	for (; *s; s++) {
		if (s != command_line && s[-1] != ' ')
			continue;
		for (i = 0; i < k && s[i] == key[i]; i++)
			;
		if (i == k && s[i] == '=')
			break;
	}
	if (!*s)
		return false;
	s += k;
	for (i = 0; i < n; i++) {
		unsigned int base = 10, digit;

		if (*s++ != (i ? ',' : '='))
			return false;
		if (s[0] == '0' && (s[1] | 32) == 'x') {
			base = 16;
			s += 2;
		}
		for (values[i] = 0;; s++) {
			digit = *s >= '0' && *s <= '9'		       ? *s - '0'
				: (*s | 32) >= 'a' && (*s | 32) <= 'f' ? (*s | 32) - 'a' + 10
								       : 99;
			if (digit >= base)
				break;
			values[i] = values[i] * base + digit;
		}
	}
	return true;
}

static const struct pvh_module *boot_module(void)
{
	return pvh->modules ? hw_up.map_memory(pvh->module_list, sizeof(struct pvh_module)) : NULL;
}

int rumpuser_boot_module(uint64_t *start, uint64_t *size)
{
	const struct pvh_module *m = boot_module();

	if (!m)
		return -1;
	*start = m->start;
	*size = m->size;
	return 0;
}

static unsigned int cmos(uint8_t reg)
{
	hw_outb(reg, 0x70);
	return hw_inb(0x71);
}

/*
 * PVH version 0 has no map. What such a VMM still has is the PC's CMOS: memory
 * above 16 MiB in 64 KiB units at 0x34, above 4 GiB at 0x5b (Bochs, SeaBIOS).
 */
static int cmos_memory(unsigned int n, struct rumpuser_memory *out)
{
	uint64_t low = (cmos(0x34) | cmos(0x35) << 8) * 0x10000ull;
	uint64_t high = (cmos(0x5b) | cmos(0x5c) << 8 | (uint64_t)cmos(0x5d) << 16) << 16;

	if (low)
		low += 16 << 20;
	else
		low = (1 << 20) + (cmos(0x30) | cmos(0x31) << 8) * 0x400ull;
	out->type = RUMPUSER_MEMORY_RAM;
	switch (n) {
	case 0:
		out->start = 0;
		out->size = 640 << 10;
		return 0;
	case 1:
		out->start = 1 << 20;
		out->size = low - out->start;
		return 0;
	case 2:
		out->start = 1ull << 32;
		out->size = high;
		return high ? 0 : -1;
	}
	return -1;
}

static unsigned int map_entries(void)
{
	return pvh->version >= 1 ? pvh->memory_map_entries : 0;
}

static void map_entry(unsigned int n, struct rumpuser_memory *out)
{
	const struct pvh_memory *m = hw_up.map_memory(pvh->memory_map + n * sizeof(*m), sizeof(*m));

	out->start = m->start;
	out->size = m->size;
	out->type = m->type == E820_RAM				  ? RUMPUSER_MEMORY_RAM
		    : m->type == E820_ACPI || m->type == E820_NVS ? RUMPUSER_MEMORY_FIRMWARE
								  : RUMPUSER_MEMORY_RESERVED;
}

/* The boot data that lies in RAM, in the order: page 0 (vectors, BIOS data), record, lists, text,
 * module, Multiboot's information. */
static int kept(unsigned int n, struct rumpuser_memory *out)
{
	const struct pvh_module *m = boot_module();
	const struct {
		uint64_t start, size;
	} keep[] = {
		{ 0, 4096 },
		{ pvh->module_list, pvh->modules * sizeof(*m) },
		{ map_entries() ? pvh->memory_map : 0, map_entries() * sizeof(struct pvh_memory) },
		{ pvh->command_line, pvh->command_line ? text_length(command_line) + 1 : 0 },
		{ m ? m->start : 0, m ? m->size : 0 },
		{ loader_info.start, loader_info.size },
	};

	if (n >= sizeof(keep) / sizeof(keep[0]))
		return -1;
	out->start = keep[n].start;
	out->size = keep[n].size;
	out->type = RUMPUSER_MEMORY_KEEP;
	return 0;
}

int rumpuser_memory(unsigned int n, struct rumpuser_memory *out)
{
	unsigned int entries = map_entries();

	if (n < entries) {
		map_entry(n, out);
		return 0;
	}
	n -= entries;
	if (!entries) {
		if (n < 3) {
			if (cmos_memory(n, out))
				out->size = 0;
			return 0;
		}
		n -= 3;
	}
	return kept(n, out);
}
