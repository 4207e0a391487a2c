// SPDX-License-Identifier: GPL-2.0
/*
 * Three byte channels: the kernel's log on the debug port 0xe9 (Bochs, QEMU's
 * isa-debugcon, which reads as 0xe9) or else on COM1; the console on COM1; the
 * control line on the port the command line names: rump.control=PORT,IRQ.
 */
#include "hw.h"
#include "x86.h"

#define DEBUG_PORT 0xe9
#define COM1_PORT  0x3f8
#define COM1_IRQ   4

static bool debug_port, com1;
static unsigned long control[2]; /* port, irq; port 0: none */
static bool control_known;

void hw_console_init(void)
{
	debug_port = hw_inb(DEBUG_PORT) == DEBUG_PORT;
	com1 = hw_uart_init(COM1_PORT);
}

static unsigned int control_port(void)
{
	if (!control_known) {
		control_known = true;
		if (!hw_command_line_value("rump.control", control, 2) || !hw_uart_init(control[0]))
			control[0] = 0;
	}
	return control[0];
}

void rumpuser_log(const char *s, size_t n)
{
	if (debug_port)
		hw_outsb(s, n, DEBUG_PORT);
	else if (com1)
		hw_uart_write_all(COM1_PORT, s, n);
}

size_t rumpuser_console_write(const char *s, size_t n)
{
	return com1 ? hw_uart_write(COM1_PORT, s, n) : n;
}

size_t rumpuser_console_read(char *s, size_t n)
{
	return com1 ? hw_uart_read(COM1_PORT, s, n) : 0;
}

int rumpuser_console_irq(void)
{
	return com1 ? COM1_IRQ : -1;
}

bool rumpuser_stop_requested(void)
{
	bool asked = false;
	char c[16];

	while (control_port() && hw_uart_read(control_port(), c, sizeof(c)))
		asked = true;
	return asked;
}

int rumpuser_stop_irq(void)
{
	return control_port() ? (int)control[1] : -1;
}

/* Sends one line; it is out on return, because a reset comes next. False: there is no such line. */
bool hw_control_line(const char *s)
{
	unsigned int port = control_port();
	size_t n = 0;

	while (s[n])
		n++;
	if (port)
		hw_uart_write_all(port, s, n);
	return port;
}
