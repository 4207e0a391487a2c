// SPDX-License-Identifier: GPL-2.0
/*
 * The local APIC (Intel SDM volume 3, chapter 11): x2APIC where there is one,
 * else the registers in memory; its timer, in TSC-deadline mode where possible.
 */
#include "hw.h"
#include "x86.h"

#define CPUID_1_C_X2APIC   (1u << 21)
#define CPUID_1_C_DEADLINE (1u << 24)
#define MSR_APIC_BASE	   0x1b
#define BASE_ENABLE	   0x800
#define BASE_X2		   0x400
#define MSR_X2APIC	   0x800
#define MSR_TSC_DEADLINE   0x6e0

enum {
	TPR = 0x80,
	EOI = 0xb0,
	SVR = 0xf0,
	ICR = 0x300,
	ICR_HIGH = 0x310,
	LVT_TIMER = 0x320,
	LVT_LINT0 = 0x350,
	LVT_LINT1 = 0x360,
	LVT_ERROR = 0x370,
	TIMER_INITIAL = 0x380,
	TIMER_CURRENT = 0x390,
	TIMER_DIVIDE = 0x3e0,
};

#define SVR_ENABLE    0x100
#define MASKED	      0x10000
#define NMI_MODE      0x400
#define DEADLINE_MODE 0x40000
#define ICR_BUSY      0x1000
#define ICR_ASSERT    0x4000
#define ICR_INIT      0x500
#define ICR_STARTUP   0x600
#define DIVIDE_16     3

static bool x2, deadline;
static uint8_t *registers;
static unsigned int timer_vector;
/* APIC timer ticks = TSC ticks * scale >> 32 */
static uint64_t scale;

static uint32_t read(unsigned int reg)
{
	return x2 ? hw_rdmsr(MSR_X2APIC + (reg >> 4)) : hw_mmio_read32(registers + reg);
}

static void write(unsigned int reg, uint32_t v)
{
	if (x2)
		hw_wrmsr(MSR_X2APIC + (reg >> 4), v);
	else
		hw_mmio_write32(registers + reg, v);
}

static void find(void)
{
	uint32_t c = hw_cpuid(1, 0).c;

	x2 = c & CPUID_1_C_X2APIC;
	deadline = c & CPUID_1_C_DEADLINE;
	if (!x2)
		registers = hw_up.map_device(hw_rdmsr(MSR_APIC_BASE) & 0xffffff000, 4096);
}

void rumpuser_irq_init(unsigned int timer, unsigned int spurious)
{
	uint64_t base = hw_rdmsr(MSR_APIC_BASE) | BASE_ENABLE;

	if (!timer_vector) {
		/* The two 8259s stay masked: all lines come by the I/O APIC. */
		hw_outb(0xff, 0x21);
		hw_outb(0xff, 0xa1);
		find();
	}
	timer_vector = timer;
	hw_wrmsr(MSR_APIC_BASE, base); /* from disabled, x2 must be entered by this step */
	if (x2)
		hw_wrmsr(MSR_APIC_BASE, base | BASE_X2);
	write(SVR, SVR_ENABLE | spurious);
	write(TPR, 0);
	write(LVT_TIMER, MASKED | timer);
	write(LVT_LINT0, MASKED);
	write(LVT_LINT1, NMI_MODE);
	write(LVT_ERROR, MASKED | spurious);
}

void rumpuser_irq_ack(void)
{
	write(EOI, 0);
}

static void send(uint32_t id, uint32_t command)
{
	if (x2) {
		/* The MSR write does not order earlier stores (11.12.3); the receiver reads them.
		 */
		asm volatile("mfence; lfence" ::: "memory");
		hw_wrmsr(MSR_X2APIC + (ICR >> 4), (uint64_t)id << 32 | command);
		return;
	}
	while (read(ICR) & ICR_BUSY)
		hw_pause();
	write(ICR_HIGH, id << 24);
	write(ICR, command);
}

void rumpuser_irq_send(uint32_t id, unsigned int vector)
{
	uint64_t flags;

	/* ICR is two writes: an interrupt between them would send one of its own. */
	asm volatile("pushfq; popq %0; cli" : "=r"(flags)::"memory");
	send(id, ICR_ASSERT | vector);
	if (flags & 0x200)
		asm volatile("sti" ::: "memory");
}

/*
 * SDM 9.4.4 asks for INIT, 10 ms, SIPI, 200 us, SIPI. Those waits were for the
 * 82489DX; all processors with long mode take INIT and SIPI back to back, and
 * the second SIPI is the caller's when it sees no sign of life.
 */
void rumpuser_cpu_start(unsigned int n, uint32_t entry)
{
	uint32_t id = rumpuser_cpu_id(n);

	send(id, ICR_ASSERT | ICR_INIT);
	hw_delay_us(10);
	send(id, ICR_ASSERT | ICR_STARTUP | entry >> 12);
}

void hw_lapic_count_from_top(void)
{
	write(TIMER_DIVIDE, DIVIDE_16);
	write(TIMER_INITIAL, ~0u);
}

uint32_t hw_lapic_count(void)
{
	return read(TIMER_CURRENT);
}

uint64_t rumpuser_timer_init(void)
{
	if (deadline) {
		write(LVT_TIMER, DEADLINE_MODE | timer_vector);
		/* 11.5.4.1: the mode switch in memory must come before the MSR. */
		asm volatile("mfence" ::: "memory");
		return ~0ull >> 1;
	}
	if (!scale)
		scale = hw_muldiv(hw_lapic_hz(), 1ull << 32, rumpuser_clock_hz());
	write(TIMER_DIVIDE, DIVIDE_16);
	write(TIMER_INITIAL, 0);
	write(LVT_TIMER, timer_vector);
	return hw_muldiv(~0u, 1ull << 32, scale) - (1ull << 32) / scale;
}

void rumpuser_timer_arm(uint64_t ticks)
{
	uint64_t count;

	if (deadline) {
		hw_wrmsr(MSR_TSC_DEADLINE, ticks ? hw_rdtsc() + ticks : 0);
		return;
	}
	count = hw_muldiv(ticks, scale, 1ull << 32);
	write(TIMER_INITIAL, ticks && !count ? 1 : count);
}
