// SPDX-License-Identifier: GPL-2.0
/*
 * Where the interrupt line of a PCI function arrives. ACPI has that in AML only, which nobody
 * interprets here, so the wiring of QEMU's machines is known by their host bridges; on others the
 * firmware's word is taken.
 */
#include "hw.h"

#define REG_ID		  0x00
#define REG_SUBSYSTEM	  0x2c
#define SUBSYSTEM_QEMU	  0x11001af4u
#define ID_I440FX	  0x12378086u /* machine pc, with a PIIX3 */
#define ID_Q35		  0x29c08086u /* machine q35, with an ICH9 */
#define ID_GPEX		  0x00081b36u /* machine microvm */

#define PIIX3_SLOT	  1
#define PIIX3_ROUTE	  0x60 /* a byte for each of four; PIIX3 data sheet, 2.2.7 */
#define ROUTE_OFF	  0x80

#define ICH9_GSI_BASE	  16 /* eight lines, PIRQA to PIRQH */
#define ICH9_FIRST_OWN	  25 /* the chipset's own functions from this slot on, */
#define ICH9_PCI_BRIDGE	  30 /* and the way to conventional slots */

#define GPEX_GSI_BASE	  12 /* its four lines go here on a machine with one I/O APIC, */
#define GPEX_GSI_BASE_TWO 16 /* here with two */

static uint32_t config(unsigned int slot, unsigned int reg)
{
	uint32_t value = ~0u;

	rumpuser_pci_read(0, slot << 3, reg, 4, &value);
	return value;
}

static int level_line(struct rumpuser_irq_line *out, unsigned int gsi)
{
	out->gsi = gsi;
	out->level = true;
	out->low = false;
	return 0;
}

/* A PCI line is level and low unless the tables say otherwise. */
static int isa_line(struct rumpuser_irq_line *out, unsigned int line)
{
	if (!line || line >= HW_ISA_LINES)
		return -1;
	*out = hw_machine()->isa[line];
	if (!out->level) {
		out->level = true;
		out->low = true;
	}
	return 0;
}

/* Slots use PIRQE to PIRQH in turn; the chipset's own functions have PIRQA to PIRQD. */
static unsigned int ich9_gsi(unsigned int slot, unsigned int pin)
{
	if (slot == ICH9_PCI_BRIDGE)
		return ICH9_GSI_BASE + 4 + pin;
	if (slot >= ICH9_FIRST_OWN)
		return ICH9_GSI_BASE + pin;
	return ICH9_GSI_BASE + 4 + (slot + pin) % 4;
}

static int piix3_line(struct rumpuser_irq_line *out, unsigned int slot, unsigned int pin)
{
	unsigned int route = config(PIIX3_SLOT, PIIX3_ROUTE) >> (slot + pin + 3) % 4 * 8 & 0xff;

	return route & ROUTE_OFF ? -1 : isa_line(out, route);
}

int rumpuser_pci_irq_line(unsigned int devfn, unsigned int pin, unsigned int line,
			  struct rumpuser_irq_line *out)
{
	unsigned int slot = devfn >> 3, gpex;

	pin = (pin - 1) & 3;
	switch (config(0, REG_ID)) {
	case ID_GPEX:
		gpex = hw_machine()->routers > 1 ? GPEX_GSI_BASE_TWO : GPEX_GSI_BASE;
		return level_line(out, gpex + (slot + pin) % 4);
	case ID_Q35:
		if (config(0, REG_SUBSYSTEM) == SUBSYSTEM_QEMU)
			return level_line(out, ich9_gsi(slot, pin));
		break;
	case ID_I440FX:
		if (config(0, REG_SUBSYSTEM) == SUBSYSTEM_QEMU)
			return piix3_line(out, slot, pin);
		break;
	}
	return isa_line(out, line);
}
