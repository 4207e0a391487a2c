// SPDX-License-Identifier: GPL-2.0
/* The machine's inventory, read once from whichever tables there are. */
#include "hw.h"
#include "x86.h"

#define IO_APIC_USUAL 0xfec00000ull

static struct hw_machine machine;
static bool known;

static uint32_t own_id(void)
{
	if (hw_cpuid(0, 0).a >= 0xb && hw_cpuid(0xb, 0).b)
		return hw_cpuid(0xb, 0).d;
	return hw_cpuid(1, 0).b >> 24;
}

/* Number 0 is the processor that booted, wherever the tables list it. */
static void put_self_first(void)
{
	uint32_t id = own_id(), t;
	unsigned int i;

	for (i = 0; i < machine.cpus && machine.cpu_id[i] != id; i++)
		;
	if (i == machine.cpus && i == RUMPUSER_CPUS_MAX)
		i--;
	else if (i == machine.cpus)
		machine.cpus++;
	t = machine.cpu_id[0];
	machine.cpu_id[0] = id;
	if (i)
		machine.cpu_id[i] = t;
}

static void no_tables(void)
{
	unsigned int i, n = hw_fwcfg_cpus();

	machine.cpus = n < RUMPUSER_CPUS_MAX ? n : RUMPUSER_CPUS_MAX;
	for (i = 0; i < machine.cpus; i++)
		machine.cpu_id[i] = i;
	machine.router[0].address = IO_APIC_USUAL;
	machine.routers = 1;
}

const struct hw_machine *hw_machine(void)
{
	unsigned int i;

	if (known)
		return &machine;
	known = true;
	for (i = 0; i < HW_ISA_LINES; i++)
		machine.isa[i].gsi = i;
	if (!hw_acpi_read(&machine) && !hw_mptable_read(&machine))
		no_tables();
	put_self_first();
	return &machine;
}

unsigned int rumpuser_cpu_count(void)
{
	return hw_machine()->cpus;
}

uint32_t rumpuser_cpu_id(unsigned int n)
{
	return machine.cpu_id[n];
}

int rumpuser_irq_router(unsigned int n, struct rumpuser_irq_router *out)
{
	if (n >= hw_machine()->routers)
		return -1;
	*out = machine.router[n];
	return 0;
}

void rumpuser_irq_line(unsigned int irq, struct rumpuser_irq_line *out)
{
	const struct rumpuser_irq_line usual = { .gsi = irq };

	*out = irq < HW_ISA_LINES ? hw_machine()->isa[irq] : usual;
}
