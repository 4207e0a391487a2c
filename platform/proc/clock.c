// SPDX-License-Identifier: GPL-2.0
/*
 * Clocks: the TSC, whose frequency is measured against the host's monotonic clock, and
 * a timer of the host that sends SIGALRM.
 */
#include "proc.h"

#define NS_PER_S 1000000000ul
/* What is unsure about two readings, some 20 ns, in this is 0.005 % */
#define MEASURE_AT_LEAST 400000ul
#define READINGS	 4
#define LARGEST_DELAY_S	 3600

struct host_timer {
	struct host_timespec interval, value;
};

/* struct sigevent: 64 bytes */
struct host_event {
	uint64_t value;
	int signal, notify;
	int pad[12];
};

/* A time of the host's monotonic clock, and what the TSC was then */
struct reading {
	uint64_t ns, tsc;
};

static struct reading start;
static uint64_t wall_ns, hz;
/* Seconds that pass for the kernel while one passes: rump.clock_scale=N, for tests */
static uint64_t scale;
static int timer;
/* Due at these times of the TSC, 0: never: for the kernel, and the host's timer, which may be early
 */
static uint64_t due;
static volatile uint64_t host_due;

static uint64_t tsc(void)
{
	uint32_t low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return low | (uint64_t)high << 32;
}

static uint64_t host_time(int clock)
{
	struct host_timespec ts;

	HOST(NR_CLOCK_GETTIME, clock, &ts, 0, 0);
	return ts.seconds * NS_PER_S + ts.nanoseconds;
}

/* The one that took the shortest: in the middle of it the host has looked at its clock. */
static struct reading read_both(void)
{
	struct reading best = { 0 };
	uint64_t shortest = ~0ul;

	for (int i = 0; i < READINGS; i++) {
		uint64_t before = tsc(), ns = host_time(HOST_CLOCK_MONOTONIC);
		uint64_t took = tsc() - before;

		if (took < shortest) {
			shortest = took;
			best = (struct reading){ ns, before + took / 2 };
		}
	}
	return best;
}

void host_clock_init(void)
{
	struct host_event event = { .signal = HOST_SIGALRM };

	start = read_both();
	wall_ns = host_time(HOST_CLOCK_REALTIME);
	scale = host_option("rump.clock_scale", 1);
	if (!scale)
		host_fail("rump.clock_scale: 1 at least");
	if (HOST(NR_TIMER_CREATE, HOST_CLOCK_MONOTONIC, &event, &timer, 0))
		host_fail("timer_create failed");
}

uint64_t rumpuser_clock_wall(void)
{
	return wall_ns + (host_time(HOST_CLOCK_MONOTONIC) - start.ns) * scale;
}

static void measure(void)
{
	struct reading now;
	uint64_t ns, ticks;

	do {
		now = read_both();
		ns = now.ns - start.ns;
	} while (ns < MEASURE_AT_LEAST);
	ticks = now.tsc - start.tsc;
	hz = ticks / ns * NS_PER_S + ticks % ns * NS_PER_S / ns;
}

/* To the kernel a second is over when that many ticks are. */
uint64_t rumpuser_clock_hz(void)
{
	if (!hz)
		measure();
	return hz / scale;
}

uint64_t rumpuser_clock_read(void)
{
	return tsc();
}

uint64_t rumpuser_timer_init(void)
{
	return hz * LARGEST_DELAY_S;
}

static uint64_t ticks_to_ns(uint64_t ticks)
{
	return ticks / hz * NS_PER_S + ticks % hz * NS_PER_S / hz;
}

static void arm_host(uint64_t ticks)
{
	uint64_t ns = ticks_to_ns(ticks) + 1;
	struct host_timer t = { .value = { ns / NS_PER_S, ns % NS_PER_S } };

	host_due = tsc() + ticks;
	HOST(NR_TIMER_SETTIME, timer, 0, &t, NULL);
}

void host_timer_off(void)
{
	struct host_timer t = { 0 };

	if (!host_due)
		return;
	HOST(NR_TIMER_SETTIME, timer, 0, &t, NULL);
	host_due = 0;
}

uint64_t host_now_us(void)
{
	return tsc() / (hz / 1000000);
}

/* The two clocks may disagree about when. */
void host_timer_fired(void)
{
	host_due = 0;
}

/* A host timer that comes too early costs less than to put it off each time. */
void rumpuser_timer_arm(uint64_t ticks)
{
	due = ticks ? tsc() + ticks : 0;
	if (due && (!host_due || due < host_due))
		arm_host(ticks);
}

int64_t host_timer_left(void)
{
	uint64_t now = tsc();

	if (!due)
		return -1;
	return due > now ? ticks_to_ns(due - now) + 1 : 0;
}

bool host_timer_take(void)
{
	if (!due || tsc() < due)
		return false;
	due = 0;
	return true;
}

void host_timer_keep(unsigned int most_us)
{
	uint64_t now = tsc(), next = due, most = now + hz / 1000000 * most_us;

	if (most_us && (!next || next > most))
		next = most;
	if (next && (!host_due || next < host_due))
		arm_host(next > now ? next - now : 1);
}
