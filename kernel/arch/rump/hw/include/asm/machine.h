/* SPDX-License-Identifier: GPL-2.0 */
/* The machine under the kernel: what its parts in arch/rump/hw offer each other. */
#ifndef _ASM_RUMP_MACHINE_H
#define _ASM_RUMP_MACHINE_H

#include <linux/types.h>
#include <asm/rumpuser.h>

struct irq_desc;
struct irq_domain;
struct pt_regs;

/* Interrupt vectors. Devices' are the same on every CPU; below 0x30 are exceptions and the 8259s'.
 */
#define VECTOR_DEVICES	  0x30
#define VECTOR_TIMER	  0xf0
#define VECTOR_RESCHEDULE 0xf1
#define VECTOR_CALL	  0xf2
#define VECTOR_STOP	  0xf3
#define VECTOR_SPURIOUS	  0xff

/* The processor's name in /proc/cpuinfo. */
static inline u32 rump_cpu_id(unsigned int cpu)
{
	return rumpuser_cpu_id(cpu);
}

/* irq.c: traps call interrupt; vectors for devices, n consecutive and aligned; -ENOSPC */
void rump_interrupt(struct pt_regs *regs, unsigned int vector);
int rump_vectors_alloc(unsigned int n);
void rump_vectors_free(unsigned int first, unsigned int n);
void rump_vector_connect(unsigned int vector, struct irq_desc *desc);
void rump_irq_init_cpu(void);

/* ioapic.c: Linux interrupt numbers of lines into the I/O APICs, where it equals the GSI */
void rump_ioapic_init(void);
int rump_map_gsi(unsigned int gsi, bool level, bool low);
int rump_map_isa_irq(unsigned int irq);
unsigned int rump_gsi_count(void);

/* msi.c */
struct irq_domain *rump_msi_domain(void);

/* time.c; boot_tsc is the TSC at the kernel's entry */
extern u64 rump_boot_tsc;
void rump_timer_interrupt(void);
void rump_timer_init_cpu(void);

/* smp.c */
#ifdef CONFIG_SMP
void rump_cpus_possible(void);
#else
static inline void rump_cpus_possible(void)
{
}
#endif

#endif
