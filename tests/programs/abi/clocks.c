// SPDX-License-Identifier: GPL-2.0
/* The vDSO: there, and in agreement with the system calls. */
#define _GNU_SOURCE
#include <elf.h>
#include <link.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include "check.h"

#define SECOND 1000000000L

typedef int (*gettime_fn)(clockid_t clock, struct timespec *ts);
typedef long (*getcpu_fn)(unsigned int *cpu, unsigned int *node, void *unused);

/* By hand: a static program's dlsym() cannot. */
static void *vdso_symbol(const char *name)
{
	const char *base = (const char *)getauxval(AT_SYSINFO_EHDR);
	const ElfW(Ehdr) *e = (const void *)base;
	const ElfW(Phdr) *p = (const void *)(base + (base ? e->e_phoff : 0));
	const ElfW(Dyn) *d = NULL;
	const ElfW(Sym) *syms = NULL;
	const char *strings = NULL;
	const unsigned int *hash = NULL;

	for (int i = 0; base && i < e->e_phnum; i++)
		if (p[i].p_type == PT_DYNAMIC)
			d = (const void *)(base + p[i].p_offset);
	for (; d && d->d_tag != DT_NULL; d++) {
		const void *at = base + d->d_un.d_ptr;

		if (d->d_tag == DT_SYMTAB)
			syms = at;
		if (d->d_tag == DT_STRTAB)
			strings = at;
		if (d->d_tag == DT_HASH)
			hash = at;
	}
	for (unsigned int i = 0; hash && i < hash[1]; i++)
		if (!strcmp(strings + syms[i].st_name, name))
			return (void *)(base + syms[i].st_value);
	return NULL;
}

static long ns(const struct timespec *t)
{
	return t->tv_sec * SECOND + t->tv_nsec;
}

static void agree(gettime_fn gettime, clockid_t clock, const char *name)
{
	struct timespec before, mid, after;

	syscall(SYS_clock_gettime, clock, &before);
	gettime(clock, &mid);
	syscall(SYS_clock_gettime, clock, &after);
	check(name, ns(&before) <= ns(&mid) && ns(&mid) <= ns(&after),
	      "%ld is not between %ld and %ld", ns(&mid), ns(&before), ns(&after));
}

static void never_back(gettime_fn gettime)
{
	struct timespec t;
	long last = 0, back = 0;

	for (int i = 0; i < 200000; i++) {
		gettime(CLOCK_MONOTONIC, &t);
		back += ns(&t) < last;
		last = ns(&t);
	}
	check("monotonic clock never goes back", !back, "%ld times", back);
}

static void sleeping(void)
{
	struct timespec t = { 0, 50000000 }, from, to;
	long slept;

	clock_gettime(CLOCK_MONOTONIC, &from);
	nanosleep(&t, NULL);
	clock_gettime(CLOCK_MONOTONIC, &to);
	slept = ns(&to) - ns(&from);
	check("50 ms of sleep", slept >= 50000000 && slept < SECOND, "%ld ns", slept);
}

static void which_cpu(getcpu_fn getcpu)
{
	unsigned int a, b = 0, node;
	cpu_set_t set;
	int wrong = 0, cpus = sysconf(_SC_NPROCESSORS_ONLN);

	for (int i = 0; i < cpus; i++) {
		CPU_ZERO(&set);
		CPU_SET(i, &set);
		sched_setaffinity(0, sizeof(set), &set);
		getcpu(&a, &node, NULL);
		syscall(SYS_getcpu, &b, &node, NULL);
		wrong += a != (unsigned int)i || b != (unsigned int)i;
	}
	check("getcpu", !wrong, "wrong on %d of %d CPUs", wrong, cpus);
}

int main(void)
{
	gettime_fn gettime = (gettime_fn)vdso_symbol("__vdso_clock_gettime");
	getcpu_fn getcpu = (getcpu_fn)vdso_symbol("__vdso_getcpu");
	struct timeval tv;

	setvbuf(stdout, NULL, _IOLBF, 0);
	check("vDSO is there",
	      gettime && getcpu && vdso_symbol("__vdso_gettimeofday") &&
		      vdso_symbol("__vdso_time") && vdso_symbol("__vdso_clock_getres"),
	      "symbols missing");
	if (!gettime || !getcpu)
		return check_done();
	agree(gettime, CLOCK_REALTIME, "CLOCK_REALTIME agrees");
	agree(gettime, CLOCK_MONOTONIC, "CLOCK_MONOTONIC agrees");
	agree(gettime, CLOCK_MONOTONIC_COARSE, "CLOCK_MONOTONIC_COARSE agrees");
	agree(gettime, CLOCK_BOOTTIME, "CLOCK_BOOTTIME agrees");
	agree(gettime, CLOCK_PROCESS_CPUTIME_ID, "CLOCK_PROCESS_CPUTIME_ID agrees");
	gettimeofday(&tv, NULL);
	check("time agrees", labs(time(NULL) - tv.tv_sec) <= 1, "%ld", time(NULL) - tv.tv_sec);
	never_back(gettime);
	sleeping();
	which_cpu(getcpu);
	return check_done();
}
