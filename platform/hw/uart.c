// SPDX-License-Identifier: GPL-2.0
/* 16550 serial lines (National Semiconductor PC16550D). */
#include "hw.h"
#include "x86.h"

enum {
	DATA = 0,
	DIVISOR_LOW = 0,
	IER = 1,
	DIVISOR_HIGH = 1,
	FCR = 2,
	LCR = 3,
	MCR = 4,
	LSR = 5,
	SCRATCH = 7,
};

#define LSR_DATA      0x01
#define LSR_THR_EMPTY 0x20
#define LSR_IDLE      0x40
#define FIFO_DEPTH    16
/* A line whose far end stopped reading must not stop us: about 100 ms of LSR reads. */
#define PATIENCE 100000

/* 115200 8N1, FIFOs on, receive interrupt on. False when no UART answers. */
bool hw_uart_init(unsigned int port)
{
	hw_outb(0x5a, port + SCRATCH);
	if (hw_inb(port + SCRATCH) != 0x5a || hw_inb(port + LSR) == 0xff)
		return false;
	hw_outb(0x80, port + LCR);
	hw_outb(1, port + DIVISOR_LOW);
	hw_outb(0, port + DIVISOR_HIGH);
	hw_outb(0x03, port + LCR);
	hw_outb(0xc1, port + FCR); /* interrupt at 14 bytes, or when the line rests */
	hw_outb(0x0b, port + MCR); /* DTR, RTS, OUT2: the PC's interrupt gate */
	hw_outb(0x01, port + IER);
	return true;
}

size_t hw_uart_write(unsigned int port, const char *s, size_t n)
{
	size_t done = 0, run;

	while (done < n && (hw_inb(port + LSR) & LSR_THR_EMPTY)) {
		run = n - done < FIFO_DEPTH ? n - done : FIFO_DEPTH;
		hw_outsb(s + done, run, port + DATA);
		done += run;
	}
	return done;
}

size_t hw_uart_read(unsigned int port, char *s, size_t n)
{
	size_t done = 0;

	while (done < n && (hw_inb(port + LSR) & LSR_DATA))
		s[done++] = hw_inb(port + DATA);
	return done;
}

static void flush(unsigned int port)
{
	unsigned int i;

	for (i = 0; i < PATIENCE && !(hw_inb(port + LSR) & LSR_IDLE); i++)
		hw_pause();
}

/* All of it, waiting for the line; gives up on one that does not move. */
void hw_uart_write_all(unsigned int port, const char *s, size_t n)
{
	size_t done;

	for (; n; s += done, n -= done) {
		flush(port);
		done = hw_uart_write(port, s, n);
		if (!done)
			return;
	}
	flush(port);
}
