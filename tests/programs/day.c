// SPDX-License-Identifier: GPL-2.0
/*
 * A day of timers of all kinds, meant for a clock that is made to run fast. Periodic ones must have
 * counted, whenever they are read, exactly the periods that are over; single ones must come in the
 * order of their times, which bounds how late one can be by the distance to the next; nothing may
 * come early.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include "abi/check.h"

#define NS	 1000000000LL
#define DAY	 (86400 * NS)
#define SINGLE	 2000 /* single timers */
#define FIRST	 (1800 * NS)
#define STEP	 ((DAY - FIRST) / SINGLE)
#define ALARM_S	 900
#define ITIMER_S 300

enum { SIGNAL_SINGLE, SIGNAL_PERIODIC, SIGNALS };
#define SINGLE_SIGNAL	(SIGRTMIN + SIGNAL_SINGLE)
#define PERIODIC_SIGNAL (SIGRTMIN + SIGNAL_PERIODIC)

static long long start;

static long long now_of(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec * NS + t.tv_nsec;
}

static long long now(void)
{
	return now_of(CLOCK_MONOTONIC);
}

static struct timespec timespec_of(long long ns)
{
	return (struct timespec){ ns / NS, ns % NS };
}

static void need(int good, const char *what)
{
	if (good)
		return;
	perror(what);
	exit(1);
}

/* Something that counts its periods since the start. */
struct periodic {
	long long period;
	unsigned long long count, reads;
	int fd, wrong;
};

/* The count was read between these two times. */
static void counted(struct periodic *p, unsigned long long more, long long before, long long after)
{
	p->count += more;
	p->reads++;
	if ((long long)p->count < (before - start) / p->period ||
	    (long long)p->count > (after - start) / p->period)
		p->wrong++;
}

static void check_periodic(const char *name, const struct periodic *p)
{
	check(name, !p->wrong && p->reads, "%d of %llu readings are wrong", p->wrong, p->reads);
}

static struct periodic timerfds[] = {
	{ .period = 1 * NS }, { .period = 7 * NS }, { .period = 60 * NS }, { .period = 3600 * NS }
};
#define TIMERFDS (sizeof(timerfds) / sizeof(*timerfds))

static void start_timerfd(struct periodic *p)
{
	struct itimerspec t = { timespec_of(p->period), timespec_of(start + p->period) };

	p->fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
	need(p->fd >= 0 && !timerfd_settime(p->fd, TFD_TIMER_ABSTIME, &t, NULL), "timerfd");
}

static void read_timerfd(struct periodic *p)
{
	long long before = now();
	uint64_t more;

	if (read(p->fd, &more, sizeof(more)) == sizeof(more))
		counted(p, more, before, now());
}

static struct periodic posix = { .period = 5 * NS };

static void start_posix(void)
{
	struct itimerspec t = { timespec_of(posix.period), timespec_of(start + posix.period) };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = PERIODIC_SIGNAL };
	timer_t timer;

	need(!timer_create(CLOCK_MONOTONIC, &event, &timer) &&
		     !timer_settime(timer, TIMER_ABSTIME, &t, NULL),
	     "timer_create");
}

/* Single timers, in the order of their times. */
static timer_t single[SINGLE];
static long long due[SINGLE], latest;
static int arrived, disordered, early;

static void make_singles(void)
{
	struct rlimit most = { SINGLE + 100, SINGLE + 100 };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SINGLE_SIGNAL };

	need(!setrlimit(RLIMIT_SIGPENDING, &most), "setrlimit");
	for (int i = 0; i < SINGLE; i++) {
		event.sigev_value.sival_int = i;
		need(!timer_create(CLOCK_MONOTONIC, &event, &single[i]), "timer_create");
	}
}

static void set_singles(int on)
{
	struct itimerspec t = { 0 };

	/* In an order that is not that of their times: 1201 and 2000 have no common divisor. */
	for (int n = 0, i = 0; n < SINGLE; n++, i = (i + 1201) % SINGLE) {
		t.it_value = timespec_of(on ? due[i] : 0);
		need(!timer_settime(single[i], TIMER_ABSTIME, &t, NULL), "timer_settime");
	}
}

static void drop_pending(int signal)
{
	struct timespec at_once = { 0 };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, signal);
	while (sigtimedwait(&set, NULL, &at_once) > 0)
		;
}

/* All over again if the first was due before the last was set. */
static void start_singles(void)
{
	long long from;

	do {
		set_singles(0);
		drop_pending(SINGLE_SIGNAL);
		from = now();
		for (int i = 0; i < SINGLE; i++)
			due[i] = from + FIRST + i * STEP + rand() % (STEP / 2);
		set_singles(1);
	} while (now() >= due[0]);
	start = from;
}

static void single_arrived(int i)
{
	long long late = now() - due[i];

	disordered += i != arrived;
	early += late < 0;
	arrived++;
	if (late > latest)
		latest = late;
}

/* setitimer() for the first half, a chain of alarm() then */
static int alarms, itimers, alarm_early;
static long long alarm_due;

static void start_itimer(void)
{
	struct itimerval t = { { ITIMER_S, 0 }, { ITIMER_S, 0 } };

	alarm_due = now() + ITIMER_S * NS;
	need(!setitimer(ITIMER_REAL, &t, NULL), "setitimer");
}

/* One that came after the last was read is none of alarm()'s. */
static void stop_itimer(void)
{
	struct itimerval off = { 0 };

	need(!setitimer(ITIMER_REAL, &off, NULL), "setitimer");
	drop_pending(SIGALRM);
}

static void alarm_arrived(void)
{
	long long at = now();

	alarm_early += at < alarm_due;
	if (at - start < DAY / 2) {
		itimers++;
		alarm_due += ITIMER_S * NS;
		return;
	}
	if (!alarms++)
		stop_itimer();
	alarm_due = now() + ALARM_S * NS;
	alarm(ALARM_S);
}

static void read_signals(int fd)
{
	struct signalfd_siginfo info;
	long long before = now();

	while (read(fd, &info, sizeof(info)) == sizeof(info)) {
		if ((int)info.ssi_signo == SINGLE_SIGNAL)
			single_arrived(info.ssi_int);
		else if ((int)info.ssi_signo == PERIODIC_SIGNAL)
			counted(&posix, 1 + info.ssi_overrun, before, now());
		else
			alarm_arrived();
		before = now();
	}
}

static int make_signalfd(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigaddset(&set, SINGLE_SIGNAL);
	sigaddset(&set, PERIODIC_SIGNAL);
	need(!sigprocmask(SIG_BLOCK, &set, NULL), "sigprocmask");
	return signalfd(-1, &set, SFD_NONBLOCK);
}

struct sleeper {
	pthread_t thread;
	clockid_t clock;
	int flags, rounds, early;
	unsigned int seed;
};

static void *sleep_for_a_day(void *arg)
{
	struct sleeper *s = arg;

	while (now() - start < DAY) {
		long long span = (rand_r(&s->seed) % 2000 + 1) * NS, from = now_of(s->clock);
		struct timespec t = timespec_of(s->flags ? from + span : span);

		if (clock_nanosleep(s->clock, s->flags, &t, NULL))
			s->early++;
		s->early += now_of(s->clock) < from + span;
		s->rounds++;
	}
	return NULL;
}

static struct sleeper sleepers[] = {
	{ .clock = CLOCK_MONOTONIC, .seed = 1 },
	{ .clock = CLOCK_REALTIME, .seed = 2 },
	{ .clock = CLOCK_MONOTONIC, .flags = TIMER_ABSTIME, .seed = 3 },
	{ .clock = CLOCK_REALTIME, .flags = TIMER_ABSTIME, .seed = 4 },
};
#define SLEEPERS (sizeof(sleepers) / sizeof(*sleepers))

static void run_day(int signals)
{
	struct pollfd p[TIMERFDS + 1];

	for (size_t i = 0; i < TIMERFDS; i++)
		p[i] = (struct pollfd){ .fd = timerfds[i].fd, .events = POLLIN };
	p[TIMERFDS] = (struct pollfd){ .fd = signals, .events = POLLIN };
	while (now() - start < DAY || arrived < SINGLE) {
		need(poll(p, TIMERFDS + 1, -1) > 0 || errno == EINTR, "poll");
		for (size_t i = 0; i < TIMERFDS; i++)
			read_timerfd(&timerfds[i]);
		read_signals(signals);
	}
}

static void report(void)
{
	int bad = 0, rounds = 0;

	check_periodic("timerfd, 1 s", &timerfds[0]);
	check_periodic("timerfd, 7 s", &timerfds[1]);
	check_periodic("timerfd, a minute", &timerfds[2]);
	check_periodic("timerfd, an hour", &timerfds[3]);
	check_periodic("timer_create, 5 s", &posix);
	check("2000 single timers", arrived == SINGLE && !disordered && !early,
	      "%d came, %d out of order, %d early", arrived, disordered, early);
	check("setitimer and alarm", itimers && alarms && !alarm_early, "%d and %d came, %d early",
	      itimers, alarms, alarm_early);
	for (size_t i = 0; i < SLEEPERS; i++) {
		pthread_join(sleepers[i].thread, NULL);
		bad += sleepers[i].early;
		rounds += sleepers[i].rounds;
	}
	check("nanosleep", !bad && rounds > 0, "%d of %d were early", bad, rounds);
	printf("latest single timer: %.1f s\n", (double)latest / NS);
}

int main(void)
{
	long long real[4], mono[2];
	int signals = make_signalfd();

	need(signals >= 0, "signalfd");
	make_singles();
	start_singles();
	real[0] = now_of(CLOCK_REALTIME);
	mono[0] = now();
	real[1] = now_of(CLOCK_REALTIME);
	for (size_t i = 0; i < TIMERFDS; i++)
		start_timerfd(&timerfds[i]);
	start_posix();
	start_itimer();
	for (size_t i = 0; i < SLEEPERS; i++)
		need(!pthread_create(&sleepers[i].thread, NULL, sleep_for_a_day, &sleepers[i]),
		     "pthread_create");
	run_day(signals);
	real[2] = now_of(CLOCK_REALTIME);
	mono[1] = now();
	real[3] = now_of(CLOCK_REALTIME);
	report();
	check("the wall clock went along",
	      real[2] - real[1] <= mono[1] - mono[0] && mono[1] - mono[0] <= real[3] - real[0],
	      "%lld ns of it, %lld of the monotonic clock", real[2] - real[1], mono[1] - mono[0]);
	return check_done();
}
