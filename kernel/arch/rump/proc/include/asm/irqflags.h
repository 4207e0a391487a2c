/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_IRQFLAGS_H
#define _ASM_RUMP_IRQFLAGS_H
#ifndef __ASSEMBLY__
#include <linux/compiler.h>
#include <asm/processor-flags.h>
/*
 * Interrupts are signals of the host. One that arrives while the kernel runs only
 * leaves a mark, and is taken where the kernel enables interrupts the next time,
 * or on the way back to the program: kernel code is never interrupted otherwise.
 */
extern unsigned long rump_irq_flags;   /* 0 or X86_EFLAGS_IF */
extern unsigned char rump_irq_pending; /* set by the host's signals, see trap.c */
void rump_irq_deliver(void);

#define ARCH_IRQ_DISABLED 0
#define ARCH_IRQ_ENABLED  X86_EFLAGS_IF

static __always_inline unsigned long arch_local_save_flags(void)
{
	return READ_ONCE(rump_irq_flags);
}

static __always_inline int arch_irqs_disabled_flags(unsigned long flags)
{
	return !flags;
}

static __always_inline int arch_irqs_disabled(void)
{
	return arch_irqs_disabled_flags(arch_local_save_flags());
}

static __always_inline void arch_local_irq_disable(void)
{
	WRITE_ONCE(rump_irq_flags, ARCH_IRQ_DISABLED);
	barrier();
}

static __always_inline void arch_local_irq_enable(void)
{
	barrier();
	WRITE_ONCE(rump_irq_flags, ARCH_IRQ_ENABLED);
	if (unlikely(READ_ONCE(rump_irq_pending)))
		rump_irq_deliver();
}

static __always_inline unsigned long arch_local_irq_save(void)
{
	unsigned long flags = arch_local_save_flags();

	arch_local_irq_disable();
	return flags;
}

static __always_inline void arch_local_irq_restore(unsigned long flags)
{
	if (!arch_irqs_disabled_flags(flags))
		arch_local_irq_enable();
}
#endif
#endif
