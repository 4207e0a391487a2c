// SPDX-License-Identifier: GPL-2.0
/* 1,000 threads; several at once that compute, map memory, fork and are signalled. */
#define _GNU_SOURCE
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include "check.h"

#define THREADS 1000
#define SECONDS 3
enum { NO_MEMORY = 1, NOT_ZERO = 2, LOST = 4, FP = 8, FORK = 16 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t all;
static long counter;
static __thread long local = 7;
static volatile int stop;
static int bad;

static void *count(void *arg)
{
	pthread_barrier_wait(&all);
	local += (long)arg;
	for (int i = 0; i < 20; i++) {
		pthread_mutex_lock(&lock);
		counter++;
		pthread_mutex_unlock(&lock);
		if (!(i & 7))
			sched_yield();
	}
	return (void *)local;
}

static void thousand(void)
{
	static pthread_t t[THREADS];
	pthread_attr_t attr;
	int started = 0, wrong = 0;
	void *ret;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 32768);
	pthread_barrier_init(&all, NULL, THREADS);
	for (long i = 0; i < THREADS; i++)
		started += !pthread_create(&t[i], &attr, count, (void *)i);
	check("1000 threads start", started == THREADS, "%d", started);
	if (started < THREADS)
		_exit(check_done());
	for (long i = 0; i < THREADS; i++) {
		pthread_join(t[i], &ret);
		wrong += ret != (void *)(i + 7);
	}
	check("1000 threads count", counter == 20 * THREADS, "%ld", counter);
	check("thread-local data", !wrong && local == 7, "%d wrong", wrong);
}

static void note(int what)
{
	__atomic_fetch_or(&bad, what, __ATOMIC_RELAXED);
}

static void *map(void *arg)
{
	unsigned int seed = (long)arg;

	while (!stop) {
		size_t n = (1 + rand_r(&seed) % 64) * 4096;
		char *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (p == MAP_FAILED) {
			note(NO_MEMORY);
			break;
		}
		for (size_t i = 0; i < n; i += 4096) {
			if (p[i])
				note(NOT_ZERO);
			p[i] = (char)(long)arg;
		}
		mprotect(p, 4096, PROT_READ);
		for (size_t i = 0; i < n; i += 4096)
			if (p[i] != (char)(long)arg)
				note(LOST);
		munmap(p, n);
	}
	return NULL;
}

static void *compute(void *arg)
{
	while (!stop) {
		double x = 0, y = 0;

		for (int i = 0; i < 5000; i++)
			x += sqrt(i + (long)arg);
		for (int i = 0; i < 5000; i++) {
			y += sqrt(i + (long)arg);
			if (!(i & 1023))
				sched_yield();
		}
		if (x != y)
			note(FP);
	}
	return NULL;
}

static void *forks(void *arg)
{
	(void)arg;
	while (!stop) {
		int status = 0;
		pid_t pid = fork();

		if (!pid)
			_exit(3);
		if (waitpid(pid, &status, 0) != pid || WEXITSTATUS(status) != 3)
			note(FORK);
	}
	return NULL;
}

static void on_signal(int sig)
{
	volatile double d = sqrt(2.0) * sig;

	(void)d;
}

static void mixed_load(void)
{
	struct sigaction sa = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	time_t end = time(NULL) + SECONDS;
	pthread_t t[6];

	sigaction(SIGUSR1, &sa, NULL);
	for (long i = 0; i < 3; i++)
		pthread_create(&t[i], NULL, map, (void *)(i + 1));
	pthread_create(&t[3], NULL, compute, (void *)7);
	pthread_create(&t[4], NULL, compute, (void *)9);
	pthread_create(&t[5], NULL, forks, NULL);
	/* By the clock, as a busy host gives a machine of many CPUs little of each. */
	for (int i = 0; time(NULL) < end; i++) {
		pthread_kill(t[i % 5], SIGUSR1);
		usleep(1000);
	}
	stop = 1;
	for (int i = 0; i < 6; i++)
		pthread_join(t[i], NULL);
	check("mapping, computing, forking and signals at once", !bad, "%#x", bad);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	thousand();
	mixed_load();
	return check_done();
}
