// SPDX-License-Identifier: GPL-2.0
/* The ends of the machine, and the request from outside for an orderly one. */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/kstrtox.h>
#include <linux/panic.h>
#include <linux/reboot.h>
#include <linux/string.h>
#include <asm/machine.h>
#include <asm/rumpuser.h>

static void power_off(void)
{
	rumpuser_poweroff();
}

/* Set, or reboot(2) halts instead. */
void (*pm_power_off)(void) = power_off;
EXPORT_SYMBOL(pm_power_off);

/*
 * reboot(2)'s RESTART2 with "exit N" ends the program's machine with status N.
 * Without a command it is a restart; after a panic it is that panic's end.
 */
void machine_restart(char *cmd)
{
	int status;

	if (atomic_read(&panic_cpu) != PANIC_CPU_INVALID)
		rumpuser_panic();
	/* With interrupts on, as a power-off: it may have to map a register. */
	if (cmd && str_has_prefix(cmd, "exit ") && !kstrtoint(cmd + 5, 10, &status))
		rumpuser_exit(status);
	local_irq_disable();
	rumpuser_reset();
}

/* Whoever waits for the machine's end would wait for a halted one for ever. */
void machine_halt(void)
{
	local_irq_disable();
	rumpuser_poweroff();
}

void machine_power_off(void)
{
	do_kernel_power_off();
	machine_halt();
}

static irqreturn_t stop_interrupt(int irq, void *dev)
{
	if (rumpuser_stop_requested())
		ctrl_alt_del();
	return IRQ_HANDLED;
}

static int __init listen_for_stop(void)
{
	int irq = rumpuser_stop_irq(), err;

	if (irq < 0)
		return 0;
	irq = rump_map_isa_irq(irq);
	if (irq < 0)
		return irq;
	err = request_irq(irq, stop_interrupt, 0, "stop", &stop_interrupt);
	/* A request from before raised the line already: there is no edge to come. */
	if (!err && rumpuser_stop_requested())
		ctrl_alt_del();
	return err;
}
late_initcall(listen_for_stop);
