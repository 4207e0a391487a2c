// SPDX-License-Identifier: GPL-2.0
/*
 * The TSC's and the APIC timer's frequency, counted against a clock of known
 * speed. One sample brackets a read of that clock by two of the TSC and is
 * taken again until the bracket is tight, so a few milliseconds are enough.
 */
#include "hw.h"
#include "x86.h"

#define HYPERVISOR_BIT	(1u << 31) /* CPUID 1, ECX */
#define HYPERVISOR_LEAF 0x40000000
#define TCGT		0x54474354
#define CGTC		0x43544743
#define GTCG		0x47435447
#define TRIES		8
#define STUCK		100000 /* reads without a change: not a clock */

struct reference {
	uint64_t hz;
	uint32_t mask;	   /* of the counter, which counts up and wraps */
	uint32_t interval; /* in its ticks */
	uint32_t (*read)(void);
};

struct sample {
	uint64_t tsc;
	uint32_t count, lapic;
};

/*
 * QEMU's own processor emulation counts the APIC timer in nanoseconds (hw/intc/apic.c, apic_timer)
 * and the TSC in whatever its host has: the former measures the latter, finer than any device.
 */
static uint32_t lapic_read(void)
{
	return -hw_lapic_count();
}

static bool lapic_start(struct reference *r)
{
	struct hw_cpuid id = hw_cpuid(HYPERVISOR_LEAF, 0);

	if (!(hw_cpuid(1, 0).c & HYPERVISOR_BIT) || id.b != TCGT || id.c != CGTC || id.d != GTCG)
		return false;
	hw_lapic_count_from_top();
	r->hz = 1000000000 / 16;
	r->mask = ~0u;
	r->interval = r->hz / 1000;
	r->read = lapic_read;
	return true;
}

static uint8_t *hpet;

/* IA-PC HPET 1.0a, 2.3: femtoseconds a tick in 4-7, enable in bit 0 of 0x10, counter at 0xf0 */
static uint32_t hpet_read(void)
{
	return hw_mmio_read32(hpet + 0xf0);
}

static bool hpet_start(struct reference *r)
{
	uint32_t period;

	if (!hw_machine()->hpet)
		return false;
	hpet = hw_up.map_device(hw_machine()->hpet, 1024);
	if (!hpet)
		return false;
	period = hw_mmio_read32(hpet + 4);
	if (!period || period > 100000000)
		return false;
	hw_mmio_write32(hpet + 0x10, hw_mmio_read32(hpet + 0x10) | 1);
	r->hz = 1000000000000000ull / period;
	r->mask = ~0u;
	r->interval = r->hz / 500;
	r->read = hpet_read;
	return true;
}

/* ACPI 6.5, 4.8.3.3: 3.579545 MHz, 24 bits at least */
static uint32_t pm_timer_read(void)
{
	return hw_inl(hw_machine()->pm_timer);
}

static bool pm_timer_start(struct reference *r)
{
	if (!hw_machine()->pm_timer)
		return false;
	r->hz = 3579545;
	r->mask = 0xffffff;
	r->interval = r->hz / 500;
	r->read = pm_timer_read;
	return true;
}

/* Intel 8254, channel 0, mode 2 from 65536 down; latched reads. Channel 2 needs port 0x61, which
 * microvm lacks. */
static uint32_t pit_read(void)
{
	uint32_t v;

	hw_outb(0, 0x43);
	v = hw_inb(0x40);
	return -(v | hw_inb(0x40) << 8);
}

static bool pit_start(struct reference *r)
{
	hw_outb(0x34, 0x43);
	hw_outb(0, 0x40);
	hw_outb(0, 0x40);
	r->hz = 1193182;
	r->mask = 0xffff;
	r->interval = r->hz / 200;
	r->read = pit_read;
	return true;
}

/* Nothing must move the PIT's output once it has been used: its line may be wired to an interrupt.
 */
static void pit_stop(void)
{
	hw_outb(0x30, 0x43);
	hw_outb(0, 0x40);
	hw_outb(0, 0x40);
}

static void take(const struct reference *r, struct sample *s)
{
	uint64_t before, after, best = ~0ull;
	uint32_t count, lapic, i;

	for (i = 0; i < TRIES; i++) {
		before = hw_rdtsc();
		count = r->read();
		after = hw_rdtsc();
		lapic = hw_lapic_count();
		if (after - before >= best)
			continue;
		best = after - before;
		s->tsc = before + best / 2;
		s->count = count;
		s->lapic = lapic;
	}
}

static bool runs(const struct reference *r)
{
	uint32_t first = r->read(), i;

	for (i = 0; i < STUCK; i++)
		if (r->read() != first)
			return true;
	return false;
}

static uint64_t against(const struct reference *r, uint64_t *lapic_hz)
{
	struct sample a, b;
	uint32_t ticks;

	if (!runs(r))
		return 0;
	hw_lapic_count_from_top();
	take(r, &a);
	while (((r->read() - a.count) & r->mask) < r->interval)
		hw_pause();
	take(r, &b);
	ticks = (b.count - a.count) & r->mask;
	*lapic_hz = hw_muldiv(a.lapic - b.lapic, r->hz, ticks);
	return hw_muldiv(b.tsc - a.tsc, r->hz, ticks);
}

uint64_t hw_measure_tsc(uint64_t *lapic_hz)
{
	struct reference r;
	uint64_t hz = 0;

	if (lapic_start(&r) || hpet_start(&r) || pm_timer_start(&r))
		hz = against(&r, lapic_hz);
	if (!hz && pit_start(&r)) {
		hz = against(&r, lapic_hz);
		pit_stop();
	}
	return hz;
}
