// SPDX-License-Identifier: GPL-2.0
/* The time of day in the CMOS (Motorola MC146818A). Taken to be UTC. */
#include "hw.h"
#include "x86.h"

enum {
	SECONDS = 0,
	MINUTES = 2,
	HOURS = 4,
	DAY = 7,
	MONTH = 8,
	YEAR = 9,
	STATUS_A = 10,
	STATUS_B = 11,
	STATUS_D = 13,
};

#define UPDATING 0x80 /* A: an update is under way or near, registers may tear */
#define BINARY	 0x04 /* B: else BCD */
#define HOURS_24 0x02 /* B: else bit 7 of the hour says p.m. */
#define PM	 0x80
#define PATIENCE 20000 /* reads of status A; an update takes 2 ms */

struct date {
	unsigned int second, minute, hour, day, month, year, century;
};

static unsigned int cmos(unsigned int reg)
{
	hw_outb(reg, 0x70);
	return hw_inb(0x71);
}

static void read_registers(struct date *d, unsigned int century)
{
	unsigned int i;

	for (i = 0; i < PATIENCE && (cmos(STATUS_A) & UPDATING); i++)
		;
	d->second = cmos(SECONDS);
	d->minute = cmos(MINUTES);
	d->hour = cmos(HOURS);
	d->day = cmos(DAY);
	d->month = cmos(MONTH);
	d->year = cmos(YEAR);
	d->century = century ? cmos(century) : 0;
}

static bool equal(const struct date *a, const struct date *b)
{
	return a->second == b->second && a->minute == b->minute && a->hour == b->hour &&
	       a->day == b->day && a->month == b->month && a->year == b->year &&
	       a->century == b->century;
}

static unsigned int number(unsigned int v, unsigned int status)
{
	return status & BINARY ? v : (v >> 4) * 10 + (v & 15);
}

static void decode(struct date *d, unsigned int status)
{
	unsigned int pm = d->hour & PM;

	d->second = number(d->second, status);
	d->minute = number(d->minute, status);
	d->day = number(d->day, status);
	d->month = number(d->month, status);
	d->century = number(d->century, status);
	if (d->century < 19 || d->century > 21)
		d->century = 20;
	d->year = number(d->year, status) + d->century * 100;
	if (status & HOURS_24) {
		d->hour = number(d->hour, status);
	} else {
		d->hour = number(d->hour & ~PM, status) % 12;
		if (pm)
			d->hour += 12;
	}
}

/* Days since 1 January 1970, Gregorian; the year starts in March so that leap days end it. */
static uint64_t days(unsigned int year, unsigned int month, unsigned int day)
{
	if (month <= 2) {
		month += 12;
		year--;
	}
	return 365ull * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 +
	       day - 1 - 719468;
}

uint64_t hw_rtc_wall(void)
{
	unsigned int century = hw_machine()->century;
	struct date a, b;
	unsigned int i;

	if (cmos(STATUS_D) & 0x7f) /* always zero where there is one */
		return 0;
	read_registers(&b, century);
	for (i = 0; i < 3; i++) {
		a = b;
		read_registers(&b, century);
		if (equal(&a, &b))
			break;
	}
	decode(&b, cmos(STATUS_B));
	if (b.year < 1970 || !b.month || b.month > 12 || !b.day || b.day > 31)
		return 0;
	return (days(b.year, b.month, b.day) * 86400 + b.hour * 3600 + b.minute * 60 + b.second) *
	       1000000000ull;
}
