/* SPDX-License-Identifier: GPL-2.0 */
/* The process under the kernel: what its parts in arch/rump/proc offer each other and the rest. */
#ifndef _ASM_RUMP_MACHINE_H
#define _ASM_RUMP_MACHINE_H
#include <linux/types.h>

struct pt_regs;

/*
 * vmlinux.lds.S: what the platform moves to the beginning of RAM, all variables but those of its
 * own that are UNMOVED (platform/proc/proc.h)
 */
extern char __moved_begin[], __moved_end[];

/* The processor's name in /proc/cpuinfo. */
static inline u32 rump_cpu_id(unsigned int cpu)
{
	return cpu;
}

/* irq.c: takes what the platform has */
void rump_interrupt(struct pt_regs *regs);
/* A line of the platform becomes an interrupt of Linux's with the same number, or an error. */
int rump_map_isa_irq(unsigned int line);

/* time.c; boot_tsc is the TSC at the kernel's entry */
extern u64 rump_boot_tsc;
void rump_timer_interrupt(void);
void rump_timer_init_cpu(void);

static inline void rump_cpus_possible(void)
{
}
#endif
