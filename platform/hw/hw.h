/* SPDX-License-Identifier: GPL-2.0 */
/* What the parts of the hw platform (a bare x86-64 machine) share. */
#ifndef HW_H
#define HW_H

#include "rumpuser.h"

extern struct rumpuser_hyperup hw_up;

/* boot.c: the entry record; acpi_root is 0 when it names none */
extern uint64_t hw_acpi_root;
bool hw_command_line_value(const char *key, unsigned long *values, unsigned int n);

/* uart.c */
bool hw_uart_init(unsigned int port);
size_t hw_uart_write(unsigned int port, const char *s, size_t n);
size_t hw_uart_read(unsigned int port, char *s, size_t n);
void hw_uart_write_all(unsigned int port, const char *s, size_t n);

/* console.c */
void hw_console_init(void);
bool hw_control_line(const char *s);

/* machine.c: what firmware tables tell about the machine */
#define HW_ROUTERS_MAX 8
#define HW_ISA_LINES   16

struct hw_machine {
	unsigned int cpus;
	uint32_t cpu_id[RUMPUSER_CPUS_MAX];
	unsigned int routers;
	struct rumpuser_irq_router router[HW_ROUTERS_MAX];
	struct rumpuser_irq_line isa[HW_ISA_LINES];
	uint64_t ecam; /* of bus 0; 0: none */
	unsigned int ecam_first, ecam_last;
	uint64_t hpet;				 /* registers; 0: none */
	unsigned int pm_timer;			 /* I/O port; 0: none */
	unsigned int pm1a_control, pm1b_control; /* I/O ports; 0: none */
	uint64_t sleep_control;			 /* register of hardware-reduced ACPI; 0: none */
	unsigned int century;			 /* CMOS register; 0: none */
	const uint8_t *dsdt;			 /* holds the sleep types; NULL: none */
	uint32_t dsdt_size;
};

const struct hw_machine *hw_machine(void);

/* acpi.c, mptable.c, fwcfg.c: false when there is no such table */
bool hw_acpi_read(struct hw_machine *m);
bool hw_mptable_read(struct hw_machine *m);
unsigned int hw_fwcfg_cpus(void);

/* aml.c: what only the DSDT has; false or 0 when it has not */
bool hw_aml_sleep_types(unsigned int *a, unsigned int *b);
uint64_t hw_aml_ecam(void);

/* pvclock.c: KVM's paravirtual clock; 0 when there is none */
uint64_t hw_pvclock_tsc_hz(void);
uint64_t hw_pvclock_wall(void);

/* rtc.c: the CMOS clock; 0 when there is none */
uint64_t hw_rtc_wall(void);

/* measure.c: TSC and APIC timer ticks in a second, against some other clock; 0: none */
uint64_t hw_measure_tsc(uint64_t *lapic_hz);

/* clock.c: the second is 0 when nothing tells */
uint64_t hw_lapic_hz(void);
void hw_delay_us(unsigned int us);

/* lapic.c */
void hw_lapic_count_from_top(void);
uint32_t hw_lapic_count(void);

#endif
