// SPDX-License-Identifier: GPL-2.0
/*
 * KVM's paravirtual clock (Documentation/virt/kvm/x86/msr.rst, cpuid.rst). It is
 * asked once: for the TSC's frequency and the time of day. The TSC does the rest.
 */
#include "hw.h"
#include "x86.h"

#define HYPERVISOR_BIT	(1u << 31) /* CPUID 1, ECX */
#define LEAF_FIRST	0x40000000
#define LEAF_LAST	0x40001000 /* KVM's leaves come after another hypervisor's, by 0x100 */
#define CLOCKSOURCE2	(1u << 3)
#define MSR_WALL_CLOCK	0x4b564d00
#define MSR_SYSTEM_TIME 0x4b564d01

/* The host writes both; version is odd while it does. */
static volatile struct {
	uint32_t version, pad;
	uint64_t tsc, time;
	uint32_t mul;
	int8_t shift;
	uint8_t flags, pad2[2];
} system_time __attribute__((aligned(64)));

static volatile struct {
	uint32_t version, seconds, nanoseconds;
} wall_clock __attribute__((aligned(64)));

static bool present(void)
{
	struct hw_cpuid r;
	uint32_t leaf;

	if (!(hw_cpuid(1, 0).c & HYPERVISOR_BIT))
		return false;
	for (leaf = LEAF_FIRST; leaf < LEAF_LAST; leaf += 0x100) {
		r = hw_cpuid(leaf, 0);
		if (r.b == 0x4b4d564b && r.c == 0x564b4d56 && r.d == 0x4d) /* KVMKVMKVM */
			return hw_cpuid(leaf + 1, 0).a & CLOCKSOURCE2;
	}
	return false;
}

static bool ask(void)
{
	if (!present())
		return false;
	hw_wrmsr(MSR_SYSTEM_TIME, hw_up.physical((const void *)&system_time) | 1);
	return system_time.mul && !(system_time.version & 1);
}

static void forget(void)
{
	hw_wrmsr(MSR_SYSTEM_TIME, 0);
}

/* nanoseconds = (ticks << shift) * mul >> 32, hence this for one second of them */
uint64_t hw_pvclock_tsc_hz(void)
{
	uint64_t hz;

	if (!ask())
		return 0;
	hz = (1000000000ull << 32) / system_time.mul;
	hz = system_time.shift < 0 ? hz << -system_time.shift : hz >> system_time.shift;
	forget();
	return hz;
}

uint64_t hw_pvclock_wall(void)
{
	uint64_t ticks, now;

	if (!ask())
		return 0;
	hw_wrmsr(MSR_WALL_CLOCK, hw_up.physical((const void *)&wall_clock));
	ticks = hw_rdtsc() - system_time.tsc;
	ticks = system_time.shift < 0 ? ticks >> -system_time.shift : ticks << system_time.shift;
	now = system_time.time + hw_muldiv(ticks, system_time.mul, 1ull << 32);
	now += wall_clock.seconds * 1000000000ull + wall_clock.nanoseconds;
	forget();
	return wall_clock.seconds ? now : 0;
}
