// SPDX-License-Identifier: GPL-2.0
/*
 * PCI configuration space: the memory-mapped one (ECAM) where a table names it,
 * else ports 0xcf8 and 0xcfc (PCI Local Bus 3.0, 3.2.2.3.2).
 */
#include "hw.h"
#include "x86.h"

#define ADDRESS	    0xcf8
#define DATA	    0xcfc
#define ENABLE	    0x80000000u
#define BUSES	    256
#define BUS_SIZE    (1u << 20)

#define GIB	    (1ull << 30)
#define LOW_STEP    (64ull << 20)
#define APICS_START 0xfec00000ull /* I/O APICs, local APICs, flash: nothing of PCI's above */
#define LOW_FIRST   0xc0000000ull /* below this VMMs put RAM, or decode nothing */

static uint8_t *ecam[BUSES];
static bool ports, looked;

/* The memory-mapped space, if any, covers these buses. */
static struct {
	uint64_t base;
	unsigned int first, last;
} space;

/* MCFG tells; microvm has no such table, and no ports either, but a method in the DSDT. */
static void look(void)
{
	const struct hw_machine *m = hw_machine();

	looked = true;
	hw_outl(ENABLE, ADDRESS);
	ports = hw_inl(ADDRESS) == ENABLE;
	space.base = m->ecam;
	space.first = m->ecam_first;
	space.last = m->ecam_last;
	if (!space.base && !ports) {
		space.base = hw_aml_ecam();
		space.last = BUSES - 1;
	}
}

int rumpuser_pci_attach(unsigned int bus)
{
	uint32_t bridge = ~0u;

	if (!looked)
		look();
	if (!ecam[bus] && space.base && bus >= space.first && bus <= space.last)
		ecam[bus] = hw_up.map_device(space.base + (uint64_t)bus * BUS_SIZE, BUS_SIZE);
	if (!ecam[bus] && !ports)
		return -1;
	if (bus)
		return 0;
	rumpuser_pci_read(0, 0, 0, 4, &bridge);
	return (bridge & 0xffff) != 0xffff ? 0 : -1;
}

static bool by_ports(unsigned int bus, unsigned int devfn, unsigned int reg)
{
	if (!ports || reg > 255)
		return false;
	hw_outl(ENABLE | bus << 16 | devfn << 8 | (reg & 0xfc), ADDRESS);
	return true;
}

int rumpuser_pci_read(unsigned int bus, unsigned int devfn, unsigned int reg, unsigned int size,
		      uint32_t *value)
{
	const volatile uint8_t *p = ecam[bus];
	uint16_t port = DATA + (reg & 3);

	if (p) {
		p += devfn << 12 | reg;
		*value = size == 1   ? *p
			 : size == 2 ? *(const volatile uint16_t *)p
				     : *(const volatile uint32_t *)p;
		return 0;
	}
	if (!by_ports(bus, devfn, reg))
		return -1;
	*value = size == 1 ? hw_inb(port) : size == 2 ? hw_inw(port) : hw_inl(port);
	return 0;
}

int rumpuser_pci_write(unsigned int bus, unsigned int devfn, unsigned int reg, unsigned int size,
		       uint32_t value)
{
	volatile uint8_t *p = ecam[bus];
	uint16_t port = DATA + (reg & 3);

	if (p) {
		p += devfn << 12 | reg;
		if (size == 1)
			*p = value;
		else if (size == 2)
			*(volatile uint16_t *)p = value;
		else
			*(volatile uint32_t *)p = value;
		return 0;
	}
	if (!by_ports(bus, devfn, reg))
		return -1;
	if (size == 1)
		hw_outb(value, port);
	else if (size == 2)
		hw_outw(value, port);
	else
		hw_outl(value, port);
	return 0;
}

static uint64_t ram_end(uint64_t below)
{
	struct rumpuser_memory r;
	uint64_t end = 0;
	unsigned int i;

	for (i = 0; !rumpuser_memory(i, &r); i++)
		if (r.type <= RUMPUSER_MEMORY_FIRMWARE && r.start < below && r.start + r.size > end)
			end = r.start + r.size;
	return end;
}

static void window(struct rumpuser_window *w, uint64_t start, uint64_t end)
{
	w->start = start;
	w->size = end > start ? end - start : 0;
}

static uint64_t address_end(void)
{
	unsigned int bits =
		hw_cpuid(0x80000000, 0).a >= 0x80000008 ? hw_cpuid(0x80000008, 0).a & 0xff : 36;

	return 1ull << (bits < 46 ? bits : 46);
}

/*
 * Without AML nothing tells what the host bridge decodes; what VMMs have in
 * common is this. Above 4 GiB: the top quarter of the address space first (all
 * that microvm decodes), then what lies between RAM and it. Below: from 3 GiB to
 * the APICs around the configuration space, then what lies between RAM and 3 GiB.
 */
int rumpuser_pci_window(unsigned int n, struct rumpuser_window *out)
{
	uint64_t low = ram_end(4 * GIB), high = ram_end(~0ull), top = address_end();
	uint64_t cut =
		space.base >= LOW_FIRST && space.base < APICS_START ? space.base : APICS_START;
	uint64_t cut_end = space.base + (uint64_t)(space.last + 1) * BUS_SIZE;

	/* Firmware keeps its tables at the end of low RAM and does not call them RAM. */
	low = (low + LOW_STEP - 1) & -LOW_STEP;
	high = high < 4 * GIB ? 4 * GIB : (high + GIB - 1) & -GIB;
	if (low < LOW_FIRST && space.base >= low && space.base < LOW_FIRST)
		low = cut_end;
	switch (n) {
	case 0:
		window(out, low > LOW_FIRST ? low : LOW_FIRST, cut);
		return 0;
	case 1:
		window(out, cut == APICS_START ? cut : cut_end, APICS_START);
		return 0;
	case 2:
		window(out, low, LOW_FIRST);
		return 0;
	case 3:
		window(out, high > top / 4 * 3 ? high : top / 4 * 3, top);
		return 0;
	case 4:
		window(out, high, top / 4 * 3);
		return 0;
	}
	return -1;
}
