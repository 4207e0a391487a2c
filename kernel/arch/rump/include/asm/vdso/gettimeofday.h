/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_VDSO_GETTIMEOFDAY_H
#define _ASM_RUMP_VDSO_GETTIMEOFDAY_H
#ifndef __ASSEMBLY__
/* Runs in the program: what lib/vdso/gettimeofday.c wants from the CPU. */
#include <asm/unistd.h>
#include <uapi/linux/time.h>
#include <vdso/clocksource.h>
#include <vdso/datapage.h>

#define VDSO_HAS_TIME	      1
#define VDSO_HAS_CLOCK_GETRES 1

/* vdso.lds.S: the page in front of the text */
extern struct vdso_data _vdso_data[CS_BASES] __attribute__((visibility("hidden")));

static __always_inline const struct vdso_data *__arch_get_vdso_data(void)
{
	return _vdso_data;
}

/* Not before earlier loads: Intel SDM vol. 2, RDTSC. */
static __always_inline u64 __arch_get_hw_counter(s32 clock_mode, const struct vdso_data *vd)
{
	u64 low, high; /* the instruction clears the upper halves */

	asm volatile("lfence; rdtsc" : "=a"(low), "=d"(high)::"memory");
	return low | high << 32;
}

/* A CPU's TSC may be a little behind the one that wrote cycle_last. */
static __always_inline u64 rump_vdso_calc_ns(const struct vdso_data *vd, u64 cycles, u64 base)
{
	u64 delta = cycles - vd->cycle_last;

	if (likely(delta < vd->max_cycles))
		return (delta * vd->mult + base) >> vd->shift;
	if ((s64)delta < 0)
		return base >> vd->shift;
	return mul_u64_u32_add_u64_shr(delta, vd->mult, base, vd->shift);
}
#define vdso_calc_ns rump_vdso_calc_ns

static __always_inline long vdso_syscall2(long nr, long arg1, long arg2)
{
	long ret;

	asm volatile("syscall"
		     : "=a"(ret)
		     : "0"(nr), "D"(arg1), "S"(arg2)
		     : "rcx", "r11", "memory");
	return ret;
}

static __always_inline long clock_gettime_fallback(clockid_t clock, struct __kernel_timespec *ts)
{
	return vdso_syscall2(__NR_clock_gettime, clock, (long)ts);
}

static __always_inline long clock_getres_fallback(clockid_t clock, struct __kernel_timespec *ts)
{
	return vdso_syscall2(__NR_clock_getres, clock, (long)ts);
}

static __always_inline long gettimeofday_fallback(struct __kernel_old_timeval *tv,
						  struct timezone *tz)
{
	return vdso_syscall2(__NR_gettimeofday, (long)tv, (long)tz);
}
#endif
#endif
