// SPDX-License-Identifier: GPL-2.0
/* How the machine ends. */
#include "hw.h"
#include "x86.h"

#define SLEEP_ENABLE		(1u << 13) /* PM1 control, ACPI 6.5, 4.8.3.2.1; the type in bits 10-12 */
#define SLEEP_ENABLE_HW_REDUCED (1u << 5) /* 4.8.3.7; the type in bits 2-4 */

void rumpuser_idle(void)
{
	asm volatile("sti; hlt" ::: "memory"); /* the shadow of sti covers hlt */
}

void rumpuser_halt(void)
{
	for (;;)
		asm volatile("cli; hlt" ::: "memory");
}

/* The keyboard controller, the reset control register of PC chipsets, at last a triple fault. */
__attribute__((noreturn)) static void reset(void)
{
	static const struct {
		uint16_t limit;
		uint64_t base;
	} __attribute__((packed)) none;

	asm volatile("cli");
	hw_outb(0xfe, 0x64);
	hw_outb(0x02, 0xcf9);
	hw_outb(0x06, 0xcf9);
	asm volatile("lidt %0; ud2" ::"m"(none));
	rumpuser_halt();
}

/* Soft-off by ACPI (S5), where there is such a thing; else a reset. */
__attribute__((noreturn)) static void poweroff(void)
{
	const struct hw_machine *m = hw_machine();
	unsigned int a, b;
	uint8_t *sleep;

	if (m->sleep_control && hw_aml_sleep_types(&a, &b)) {
		sleep = hw_up.map_device(m->sleep_control, 1);
		if (sleep)
			*(volatile uint8_t *)sleep = a << 2 | SLEEP_ENABLE_HW_REDUCED;
	} else if (m->pm1a_control && hw_aml_sleep_types(&a, &b)) {
		hw_outw(a << 10 | SLEEP_ENABLE, m->pm1a_control);
		if (m->pm1b_control)
			hw_outw(b << 10 | SLEEP_ENABLE, m->pm1b_control);
	}
	hw_delay_us(100000);
	reset();
}

/* The outside takes a reset without a word before it for a crash. */
void rumpuser_reset(void)
{
	hw_control_line("reset\n");
	reset();
}

/* Without a control line nobody waits for the status, and a reset would boot the image again. */
void rumpuser_exit(int status)
{
	char line[16] = "exit ", digits[12];
	unsigned int at = 5, n = 0, v = status & 0xff;

	do {
		digits[n++] = '0' + v % 10;
		v /= 10;
	} while (v);
	while (n)
		line[at++] = digits[--n];
	line[at++] = '\n';
	line[at] = 0;
	if (!hw_control_line(line))
		poweroff();
	reset();
}

void rumpuser_panic(void)
{
	hw_control_line("panic\n");
	reset();
}

void rumpuser_poweroff(void)
{
	hw_control_line("exit 0\n");
	poweroff();
}
