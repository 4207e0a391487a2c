// SPDX-License-Identifier: GPL-2.0
/*
 * The static ACPI tables (ACPI 6.5, 5.2): processors and I/O APICs (MADT),
 * PCI configuration space (MCFG), the fixed registers (FADT), the HPET. No AML.
 */
#include "bytes.h"
#include "hw.h"

#define BIOS_AREA     0xe0000
#define BIOS_AREA_END 0x100000
#define EBDA_POINTER  0x40e
#define EBDA_SEARCHED 1024
#define HEADER	      36 /* bytes before a table's own fields */

static const uint8_t *search_root(uint64_t start, uint64_t end)
{
	const uint8_t *p = hw_up.map_memory(start, end - start);
	uint64_t i;

	for (i = 0; p && i + 16 <= end - start; i += 16)
		if (p[i] == 'R' && hw_same(p + i, "RSD PTR "))
			return p + i;
	return NULL;
}

static const uint8_t *find_root(void)
{
	const uint8_t *p = NULL, *bda;
	uint64_t ebda;

	if (hw_acpi_root)
		return hw_up.map_memory(hw_acpi_root, HEADER);
	bda = hw_up.map_memory(EBDA_POINTER, 2);
	ebda = (uint64_t)(bda[0] | bda[1] << 8) << 4;
	if (ebda >= 0x80000 && ebda < 0xa0000)
		p = search_root(ebda, ebda + EBDA_SEARCHED);
	return p ? p : search_root(BIOS_AREA, BIOS_AREA_END);
}

/* A table by its address: mapped whole, its length in *size. */
static const uint8_t *map_table(uint64_t pa, uint32_t *size)
{
	const uint8_t *t = pa ? hw_up.map_memory(pa, HEADER) : NULL;

	if (!t)
		return NULL;
	*size = hw_get32(t + 4);
	return *size >= HEADER ? hw_up.map_memory(pa, *size) : NULL;
}

/* Routing flags of the MADT (5.2.12.5): polarity in bits 0-1, trigger in 2-3; 0: as the bus has it.
 */
static void read_override(struct hw_machine *m, const uint8_t *e)
{
	unsigned int flags = e[8];

	if (e[3] >= HW_ISA_LINES)
		return;
	m->isa[e[3]].gsi = hw_get32(e + 4);
	m->isa[e[3]].low = (flags & 3) == 3;
	m->isa[e[3]].level = (flags >> 2 & 3) == 3;
}

static void add_cpu(struct hw_machine *m, uint32_t id, uint32_t flags)
{
	if ((flags & 1) && m->cpus < RUMPUSER_CPUS_MAX)
		m->cpu_id[m->cpus++] = id;
}

static void read_madt(struct hw_machine *m, const uint8_t *t, uint32_t size)
{
	const uint8_t *e = t + HEADER + 8, *end = t + size;

	for (; e + 2 <= end && e[1] >= 2 && e + e[1] <= end; e += e[1]) {
		switch (e[0]) {
		case 0:
			add_cpu(m, e[3], hw_get32(e + 4));
			break;
		case 1:
			if (m->routers == HW_ROUTERS_MAX)
				break;
			m->router[m->routers].address = hw_get32(e + 4);
			m->router[m->routers++].gsi_base = hw_get32(e + 8);
			break;
		case 2:
			read_override(m, e);
			break;
		case 9:
			add_cpu(m, hw_get32(e + 4), hw_get32(e + 8));
			break;
		}
	}
}

/* PCI Firmware Specification 3.3, 4.1.2. Only segment 0. */
static void read_mcfg(struct hw_machine *m, const uint8_t *t, uint32_t size)
{
	uint32_t i;

	for (i = HEADER + 8; i + 16 <= size; i += 16) {
		if (t[i + 8] | t[i + 9])
			continue;
		m->ecam = hw_get64(t + i);
		m->ecam_first = t[i + 10];
		m->ecam_last = t[i + 11];
	}
}

#define FADT_HW_REDUCED (1u << 20)

static void read_fadt(struct hw_machine *m, const uint8_t *t, uint32_t size)
{
	uint64_t dsdt = hw_get32(t + 40);

	if (size < 116)
		return;
	if (hw_get32(t + 112) & FADT_HW_REDUCED) {
		if (size >= 256 && t[244] == 0) /* system memory */
			m->sleep_control = hw_get64(t + 248);
	} else {
		m->pm1a_control = hw_get32(t + 64);
		m->pm1b_control = hw_get32(t + 68);
		m->pm_timer = hw_get32(t + 76);
	}
	m->century = t[108];
	if (!dsdt && size >= 148)
		dsdt = hw_get64(t + 140);
	m->dsdt = map_table(dsdt, &m->dsdt_size);
}

static void read_table(struct hw_machine *m, uint64_t pa)
{
	uint32_t size;
	const uint8_t *t = map_table(pa, &size);

	if (!t)
		return;
	if (hw_same(t, "APIC"))
		read_madt(m, t, size);
	else if (hw_same(t, "MCFG"))
		read_mcfg(m, t, size);
	else if (hw_same(t, "FACP"))
		read_fadt(m, t, size);
	else if (hw_same(t, "HPET") && size >= 52 && t[40] == 0)
		m->hpet = hw_get64(t + 44);
}

bool hw_acpi_read(struct hw_machine *m)
{
	const uint8_t *root = find_root(), *list;
	unsigned int width;
	uint32_t size, i;

	if (!root || !hw_same(root, "RSD PTR "))
		return false;
	width = root[15] >= 2 && hw_get64(root + 24) ? 8 : 4;
	list = map_table(width == 8 ? hw_get64(root + 24) : hw_get32(root + 16), &size);
	if (!list)
		return false;
	for (i = HEADER; i + width <= size; i += width)
		read_table(m, width == 8 ? hw_get64(list + i) : hw_get32(list + i));
	return m->cpus && m->routers;
}
