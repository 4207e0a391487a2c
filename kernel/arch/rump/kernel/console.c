// SPDX-License-Identifier: GPL-2.0
/* The kernel's log, and the program's console as the tty /dev/hvc0: two channels of the platform.
 */
#include <linux/console.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/tty.h>
#include <linux/tty_driver.h>
#include <asm/console.h>
#include <asm/machine.h>
#include <asm/rumpuser.h>
#include "hvc_console.h"

#define OUTPUT_BUFFER 1024

static void log_write(struct console *c, const char *s, unsigned int n)
{
	rumpuser_log(s, n);
}

/*
 * /dev/console is the tty of the first console that has one. The log names hvc,
 * so that programs write there while the kernel's messages keep to the log.
 */
static struct tty_driver *log_device(struct console *c, int *index)
{
	struct tty_driver *d;

	*index = 0;
	list_for_each_entry(d, &tty_drivers, tty_drivers) if (!strcmp(d->name, "hvc")) return d;
	return NULL;
}

static struct console log_console = {
	.name = "rump",
	.write = log_write,
	.device = log_device,
	.flags = CON_PRINTBUFFER | CON_ENABLED,
	.index = 0,
};

void __init rump_log_init(void)
{
	register_console(&log_console);
}

/*
 * The console's driver calls __tty_alloc_driver() by this name (kernel/Makefile). It wants ttys for
 * consoles to come, each a device with its files, and none comes to a process.
 */
struct tty_driver *rump_tty_alloc_driver(unsigned int lines, struct module *owner,
					 unsigned long flags);

struct tty_driver *rump_tty_alloc_driver(unsigned int lines, struct module *owner,
					 unsigned long flags)
{
	return __tty_alloc_driver(IS_ENABLED(CONFIG_RUMP_PROC) ? 1 : lines, owner, flags);
}

static ssize_t get_chars(uint32_t vtermno, u8 *buf, size_t n)
{
	return rumpuser_console_read(buf, n);
}

static ssize_t put_chars(uint32_t vtermno, const u8 *buf, size_t n)
{
	return rumpuser_console_write(buf, n);
}

static const struct hv_ops console_ops = {
	.get_chars = get_chars,
	.put_chars = put_chars,
	.notifier_add = notifier_add_irq,
	.notifier_del = notifier_del_irq,
	.notifier_hangup = notifier_hangup_irq,
};

static int __init console_init_tty(void)
{
	int irq = rumpuser_console_irq();

	if (irq >= 0)
		irq = rump_map_isa_irq(irq);
	return PTR_ERR_OR_ZERO(hvc_alloc(0, irq > 0 ? irq : 0, &console_ops, OUTPUT_BUFFER));
}
device_initcall(console_init_tty);
