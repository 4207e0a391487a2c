// SPDX-License-Identifier: GPL-2.0
/* Interrupts: what the platform's lines want is taken where the kernel enables interrupts. */
#include <linux/cpu.h>
#include <linux/entry-common.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/sched.h>
#include <asm/irq_regs.h>
#include <asm/machine.h>
#include <asm/rumpuser.h>

unsigned long rump_irq_flags = ARCH_IRQ_DISABLED;
EXPORT_SYMBOL(rump_irq_flags);
unsigned char rump_irq_pending;
EXPORT_SYMBOL(rump_irq_pending);

static void serve_lines(void)
{
	u64 lines = rumpuser_irq_take();
	unsigned int line;

	while (lines) {
		line = __ffs64(lines);
		lines &= lines - 1;
		if (line == RUMPUSER_LINE_TIMER)
			rump_timer_interrupt();
		else
			generic_handle_irq(line);
	}
}

void rump_interrupt(struct pt_regs *regs)
{
	struct pt_regs *old = set_irq_regs(regs);

	/* Before the lines are looked at: what comes later makes its own mark. */
	WRITE_ONCE(rump_irq_pending, 0);
	irq_enter_rcu();
	serve_lines();
	irq_exit_rcu();
	set_irq_regs(old);
}

/* The kernel has enabled interrupts, and there are some. */
void noinstr rump_irq_deliver(void)
{
	static struct pt_regs regs = { .flags = X86_EFLAGS_IF, .cs = CS_KERNEL };
	irqentry_state_t state;

	do {
		WRITE_ONCE(rump_irq_flags, ARCH_IRQ_DISABLED);
		state = irqentry_enter(&regs);
		instrumentation_begin();
		rump_interrupt(&regs);
		instrumentation_end();
		irqentry_exit(&regs, state);
		WRITE_ONCE(rump_irq_flags, ARCH_IRQ_ENABLED);
	} while (READ_ONCE(rump_irq_pending));
}
EXPORT_SYMBOL(rump_irq_deliver);

/* The platform wakes by itself for what came between the look at the mark and the call. */
void arch_cpu_idle(void)
{
	if (!READ_ONCE(rump_irq_pending))
		rumpuser_idle();
	WRITE_ONCE(rump_irq_pending, 1);
	raw_local_irq_enable();
	raw_local_irq_disable();
}

/* Descriptors are made when a line is first mapped: each has a folder in /sys and in /proc. */
int __init arch_probe_nr_irqs(void)
{
	return 0;
}

void __init init_IRQ(void)
{
}

int rump_map_isa_irq(unsigned int line)
{
	static struct irq_chip chip = { .name = "rumpuser" };
	int irq = irq_alloc_desc_at(line, NUMA_NO_NODE);

	if (irq >= 0)
		irq_set_chip_and_handler(irq, &chip, handle_simple_irq);
	return irq;
}
EXPORT_SYMBOL(rump_map_isa_irq);
