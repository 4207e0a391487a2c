// SPDX-License-Identifier: GPL-2.0
/* The Intel MultiProcessor Specification 1.4 table: what VMMs without ACPI have (Firecracker). */
#include "bytes.h"
#include "hw.h"

/* The floating pointer (4.1) lies in the last KiB of base memory or in the BIOS area. */
static const uint8_t *find_pointer(void)
{
	static const struct {
		uint32_t start, size;
	} places[] = {
		{ 0x9fc00, 0x400 },
		{ 0xf0000, 0x10000 },
	};
	const uint8_t *p;
	unsigned int i;
	uint32_t at;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		p = hw_up.map_memory(places[i].start, places[i].size);
		for (at = 0; at < places[i].size; at += 16)
			if (p[at] == '_' && hw_same(p + at, "_MP_"))
				return p + at;
	}
	return NULL;
}

/* Entry types of 4.3 and their sizes: processor, bus, I/O APIC, I/O interrupt, local interrupt. */
static void read_entry(struct hw_machine *m, const uint8_t *e)
{
	if (e[0] == 0 && (e[3] & 1) && m->cpus < RUMPUSER_CPUS_MAX)
		m->cpu_id[m->cpus++] = e[1];
	if (e[0] == 2 && (e[3] & 1) && m->routers < HW_ROUTERS_MAX)
		m->router[m->routers++].address = hw_get32(e + 4);
}

bool hw_mptable_read(struct hw_machine *m)
{
	const uint8_t *pointer = find_pointer(), *t, *e;
	unsigned int n, size;

	if (!pointer || !hw_get32(pointer + 4))
		return false;
	t = hw_up.map_memory(hw_get32(pointer + 4), 44);
	if (!t || !hw_same(t, "PCMP"))
		return false;
	size = t[4] | t[5] << 8;
	n = t[34] | t[35] << 8;
	t = hw_up.map_memory(hw_get32(pointer + 4), size);
	for (e = t + 44; n && e + 8 <= t + size; n--, e += e[0] ? 8 : 20)
		read_entry(m, e);
	return m->cpus && m->routers;
}
