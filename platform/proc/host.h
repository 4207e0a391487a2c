/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is used of the host: system calls of x86-64 Linux, by number, and their
 * structures (man 2 of each; Documentation/ABI of Linux). No C library: the program
 * has its own, and the thread pointer is the program's.
 */
#ifndef PROC_HOST_H
#define PROC_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	NR_READ = 0,
	NR_WRITE = 1,
	NR_CLOSE = 3,
	NR_MMAP = 9,
	NR_MPROTECT = 10,
	NR_MUNMAP = 11,
	NR_RT_SIGACTION = 13,
	NR_RT_SIGRETURN = 15,
	NR_PREAD64 = 17,
	NR_PWRITE64 = 18,
	NR_WRITEV = 20,
	NR_GETPID = 39,
	NR_FCNTL = 72,
	NR_FDATASYNC = 75,
	NR_FTRUNCATE = 77,
	NR_SIGALTSTACK = 131,
	NR_PRCTL = 157,
	NR_TIMER_CREATE = 222,
	NR_TIMER_SETTIME = 223,
	NR_CLOCK_GETTIME = 228,
	NR_EXIT_GROUP = 231,
	NR_PPOLL = 271,
	NR_OPENAT = 257,
	NR_SECCOMP = 317,
	NR_GETRANDOM = 318,
	NR_MEMFD_CREATE = 319,
};

enum { HOST_EINTR = 4, HOST_EAGAIN = 11 };

/* call.S: returns what the host does, errors as small negative numbers. */
long host_call(long nr, long a, long b, long c, long d, long e, long f);

#define HOST(nr, a, b, c, d) host_call(nr, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)

struct host_timespec {
	int64_t seconds, nanoseconds;
};

struct host_pollfd {
	int fd;
	short events, revents;
};
enum { HOST_POLLIN = 1, HOST_POLLOUT = 4 };

enum {
	HOST_SIGINT = 2,
	HOST_SIGILL = 4,
	HOST_SIGTRAP = 5,
	HOST_SIGBUS = 7,
	HOST_SIGFPE = 8,
	HOST_SIGSEGV = 11,
	HOST_SIGPIPE = 13,
	HOST_SIGALRM = 14,
	HOST_SIGTERM = 15,
	HOST_SIGIO = 29,
	HOST_SIGSYS = 31
};

enum { HOST_CLOCK_REALTIME = 0, HOST_CLOCK_MONOTONIC = 1 };

#endif
