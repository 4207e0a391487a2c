/* SPDX-License-Identifier: GPL-2.0 */
/* The processor's own instructions, for sources that see no Linux header. */
#ifndef HW_X86_H
#define HW_X86_H

#include <stdbool.h>
#include <stdint.h>

struct hw_cpuid {
	uint32_t a, b, c, d;
};

static inline struct hw_cpuid hw_cpuid(uint32_t leaf, uint32_t sub)
{
	struct hw_cpuid r;

	asm volatile("cpuid" : "=a"(r.a), "=b"(r.b), "=c"(r.c), "=d"(r.d) : "0"(leaf), "2"(sub));
	return r;
}

static inline uint64_t hw_rdmsr(uint32_t msr)
{
	uint32_t lo, hi;

	asm volatile("rdmsr" : "=a"(lo), "=d"(hi) : "c"(msr));
	return lo | (uint64_t)hi << 32;
}

static inline void hw_wrmsr(uint32_t msr, uint64_t v)
{
	asm volatile("wrmsr" ::"c"(msr), "a"((uint32_t)v), "d"((uint32_t)(v >> 32)) : "memory");
}

static inline uint64_t hw_rdtsc(void)
{
	uint32_t lo, hi;

	asm volatile("rdtsc" : "=a"(lo), "=d"(hi)::"memory");
	return lo | (uint64_t)hi << 32;
}

#ifdef HW_TEST_PORTS
/* The unit tests bring their own I/O ports. */
uint8_t hw_inb(uint16_t port);
uint16_t hw_inw(uint16_t port);
uint32_t hw_inl(uint16_t port);
void hw_outb(uint8_t v, uint16_t port);
void hw_outw(uint16_t v, uint16_t port);
void hw_outl(uint32_t v, uint16_t port);
void hw_outsb(const void *s, uint64_t n, uint16_t port);
#else
static inline uint8_t hw_inb(uint16_t port)
{
	uint8_t v;

	asm volatile("inb %1, %0" : "=a"(v) : "Nd"(port));
	return v;
}

static inline uint16_t hw_inw(uint16_t port)
{
	uint16_t v;

	asm volatile("inw %1, %0" : "=a"(v) : "Nd"(port));
	return v;
}

static inline uint32_t hw_inl(uint16_t port)
{
	uint32_t v;

	asm volatile("inl %1, %0" : "=a"(v) : "Nd"(port));
	return v;
}

static inline void hw_outb(uint8_t v, uint16_t port)
{
	asm volatile("outb %0, %1" ::"a"(v), "Nd"(port) : "memory");
}

static inline void hw_outw(uint16_t v, uint16_t port)
{
	asm volatile("outw %0, %1" ::"a"(v), "Nd"(port) : "memory");
}

static inline void hw_outl(uint32_t v, uint16_t port)
{
	asm volatile("outl %0, %1" ::"a"(v), "Nd"(port) : "memory");
}

static inline void hw_outsb(const void *s, uint64_t n, uint16_t port)
{
	asm volatile("rep outsb" : "+S"(s), "+c"(n) : "d"(port) : "memory");
}
#endif

/* Device registers: one access of the size asked, neither merged nor left out. */
static inline uint32_t hw_mmio_read32(const void *p)
{
	return *(const volatile uint32_t *)p;
}

static inline void hw_mmio_write32(void *p, uint32_t v)
{
	*(volatile uint32_t *)p = v;
}

/* a * b / c without overflow in between, as long as the result fits. */
static inline uint64_t hw_muldiv(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t q, r;

	asm("mulq %3; divq %4" : "=&a"(q), "=&d"(r) : "0"(a), "r"(b), "r"(c) : "cc");
	return q;
}

static inline void hw_pause(void)
{
	asm volatile("pause" ::: "memory");
}

#endif
