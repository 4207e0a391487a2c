// SPDX-License-Identifier: GPL-2.0
/* The clocks: TSC and APIC timer frequency, as told or else measured, and the time of day. */
#include "hw.h"
#include "x86.h"

#define HYPERVISOR_BIT (1u << 31) /* CPUID 1, ECX */

static uint64_t tsc_hz, lapic_hz;

/* The leaf that VMware defined and QEMU has too: kHz of the TSC in EAX, of the APIC bus in EBX. */
static void ask_hypervisor(void)
{
	struct hw_cpuid r;

	if (!(hw_cpuid(1, 0).c & HYPERVISOR_BIT) || hw_cpuid(0x40000000, 0).a < 0x40000010 ||
	    hw_cpuid(0x40000000, 0).a > 0x4000ffff)
		return;
	r = hw_cpuid(0x40000010, 0);
	tsc_hz = r.a * 1000ull;
	lapic_hz = r.b * 1000ull;
}

/* Intel SDM volume 3, 19.7.3: TSC = crystal * EBX / EAX; leaf 0x16 stands in for an untold crystal.
 */
static void ask_processor(void)
{
	struct hw_cpuid r;
	uint64_t crystal;

	if (hw_cpuid(0, 0).a < 0x15)
		return;
	r = hw_cpuid(0x15, 0);
	if (!r.a || !r.b)
		return;
	crystal = r.c;
	if (!crystal && hw_cpuid(0, 0).a >= 0x16)
		crystal = (hw_cpuid(0x16, 0).a & 0xffff) * 1000000ull * r.a / r.b;
	tsc_hz = crystal * r.b / r.a;
	lapic_hz = crystal;
}

uint64_t rumpuser_clock_hz(void)
{
	if (!tsc_hz)
		ask_hypervisor();
	if (!tsc_hz)
		tsc_hz = hw_pvclock_tsc_hz();
	if (!tsc_hz)
		ask_processor();
	if (!tsc_hz)
		tsc_hz = hw_measure_tsc(&lapic_hz);
	return tsc_hz;
}

/* Told or measured beside the TSC, else measured against the TSC now. */
uint64_t hw_lapic_hz(void)
{
	uint64_t start, ticks, window;

	if (lapic_hz || !rumpuser_clock_hz())
		return lapic_hz;
	window = tsc_hz / 2000;
	hw_lapic_count_from_top();
	start = hw_rdtsc();
	do
		ticks = hw_rdtsc() - start;
	while (ticks < window);
	lapic_hz = hw_muldiv(0xffffffff - hw_lapic_count(), tsc_hz, ticks);
	return lapic_hz;
}

uint64_t rumpuser_clock_read(void)
{
	return hw_rdtsc();
}

uint64_t rumpuser_clock_wall(void)
{
	uint64_t now = hw_pvclock_wall();

	return now ? now : hw_rtc_wall();
}

void hw_delay_us(unsigned int us)
{
	uint64_t start = hw_rdtsc(), ticks = rumpuser_clock_hz() / 1000000 * us;

	while (hw_rdtsc() - start < ticks)
		hw_pause();
}
