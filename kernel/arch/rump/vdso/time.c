// SPDX-License-Identifier: GPL-2.0
/* The clocks, read without a system call. Names and versions are x86_64 Linux's. */
#include <linux/kernel.h>
#include <linux/time.h>
#include <linux/types.h>
#include <vdso/gettime.h>

#include "../../../lib/vdso/gettimeofday.c"

/* Out of line, so that the short way needs no stack frame. */
static noinline int any_clock(clockid_t clock, struct __kernel_timespec *ts)
{
	return __cvdso_clock_gettime(clock, ts);
}

/*
 * CLOCK_REALTIME and CLOCK_MONOTONIC, which are read most, without the questions that lib/vdso has
 * for all clocks. The kernel makes seq odd, changes the rest, and makes seq even again, and the CPU
 * keeps its stores and our loads in order. False: let lib/vdso do it.
 */
static __always_inline bool read_clock(u32 clock, struct __kernel_timespec *ts)
{
	const struct vdso_data *vd = __arch_get_vdso_data();
	u64 delta, ns, sec;
	u32 seq;

	do {
		seq = READ_ONCE(vd->seq);
		barrier();
		if (unlikely(seq & 1) || unlikely(vd->clock_mode != VDSO_CLOCKMODE_TSC))
			return false;
		delta = __arch_get_hw_counter(VDSO_CLOCKMODE_TSC, vd) - vd->cycle_last;
		if (unlikely(delta >= vd->max_cycles))
			return false;
		ns = (delta * vd->mult + vd->basetime[clock].nsec) >> vd->shift;
		sec = vd->basetime[clock].sec;
		OPTIMIZER_HIDE_VAR(ns); /* work it out here, not from copies behind the loop */
		barrier();
	} while (unlikely(READ_ONCE(vd->seq) != seq));
	ts->tv_sec = sec + __iter_div_u64_rem(ns, NSEC_PER_SEC, &ns);
	ts->tv_nsec = ns;
	return true;
}

int __vdso_clock_gettime(clockid_t clock, struct __kernel_timespec *ts)
{
	if (likely((u32)clock <= CLOCK_MONOTONIC) && likely(read_clock(clock, ts)))
		return 0;
	return any_clock(clock, ts);
}

int __vdso_clock_getres(clockid_t clock, struct __kernel_timespec *res)
{
	return __cvdso_clock_getres(clock, res);
}

int __vdso_gettimeofday(struct __kernel_old_timeval *tv, struct timezone *tz)
{
	return __cvdso_gettimeofday(tv, tz);
}

__kernel_old_time_t __vdso_time(__kernel_old_time_t *t)
{
	return __cvdso_time(t);
}

int clock_gettime(clockid_t clock, struct __kernel_timespec *ts)
	__attribute__((weak, alias("__vdso_clock_gettime")));
int clock_getres(clockid_t clock, struct __kernel_timespec *res)
	__attribute__((weak, alias("__vdso_clock_getres")));
int gettimeofday(struct __kernel_old_timeval *tv, struct timezone *tz)
	__attribute__((weak, alias("__vdso_gettimeofday")));
__kernel_old_time_t time(__kernel_old_time_t *t) __attribute__((weak, alias("__vdso_time")));
