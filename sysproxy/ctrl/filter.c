// SPDX-License-Identifier: GPL-2.0
/*
 * The seccomp filter: calls that never leave the host run at once, those that may travel stop for
 * us, and what is neither does not exist. Nothing that changes the host by itself is let through.
 */
#include "ctrl.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NUMBERS = 512 };

enum { DENY = SECCOMP_RET_ERRNO | ENOSYS, ALLOW = SECCOMP_RET_ALLOW };
#define STOP SECCOMP_RET_TRACE

/* Memory, threads, time, signals, and descriptors that never are remote. */
static const uint16_t local[] = {
	SYS_mprotect,
	SYS_munmap,
	SYS_brk,
	SYS_mremap,
	SYS_madvise,
	SYS_mlock,
	SYS_mlock2,
	SYS_mlockall,
	SYS_munlock,
	SYS_munlockall,
	SYS_msync,
	SYS_mincore,
	SYS_shmget,
	SYS_shmat,
	SYS_shmctl,
	SYS_shmdt,
	SYS_semget,
	SYS_semop,
	SYS_semctl,
	SYS_semtimedop,
	SYS_rt_sigaction,
	SYS_rt_sigprocmask,
	SYS_rt_sigreturn,
	SYS_rt_sigpending,
	SYS_rt_sigtimedwait,
	SYS_rt_sigqueueinfo,
	SYS_rt_sigsuspend,
	SYS_rt_tgsigqueueinfo,
	SYS_sigaltstack,
	SYS_pause,
	SYS_nanosleep,
	SYS_clock_nanosleep,
	SYS_alarm,
	SYS_setitimer,
	SYS_getitimer,
	SYS_timer_create,
	SYS_timer_settime,
	SYS_timer_gettime,
	SYS_timer_getoverrun,
	SYS_timer_delete,
	SYS_timerfd_create,
	SYS_timerfd_settime,
	SYS_timerfd_gettime,
	SYS_eventfd,
	SYS_eventfd2,
	SYS_signalfd,
	SYS_signalfd4,
	SYS_pipe,
	SYS_pipe2,
	SYS_socketpair,
	SYS_memfd_create,
	SYS_clone,
	SYS_clone3,
	SYS_fork,
	SYS_vfork,
	SYS_exit,
	SYS_exit_group,
	SYS_wait4,
	SYS_waitid,
	SYS_getpid,
	SYS_getppid,
	SYS_gettid,
	SYS_getpgrp,
	SYS_getpgid,
	SYS_setpgid,
	SYS_getsid,
	SYS_setsid,
	SYS_tkill,
	SYS_tgkill,
	SYS_sched_yield,
	SYS_sched_getaffinity,
	SYS_sched_setaffinity,
	SYS_sched_getparam,
	SYS_sched_setparam,
	SYS_sched_getscheduler,
	SYS_sched_setscheduler,
	SYS_sched_get_priority_max,
	SYS_sched_get_priority_min,
	SYS_getpriority,
	SYS_setpriority,
	SYS_getrlimit,
	SYS_setrlimit,
	SYS_prlimit64,
	SYS_getrusage,
	SYS_times,
	SYS_time,
	SYS_gettimeofday,
	SYS_clock_gettime,
	SYS_clock_getres,
	SYS_futex,
	SYS_set_robust_list,
	SYS_get_robust_list,
	SYS_set_tid_address,
	SYS_arch_prctl,
	SYS_prctl,
	SYS_rseq,
	SYS_membarrier,
	SYS_getrandom,
	SYS_getcpu,
	SYS_restart_syscall,
	SYS_personality,
	SYS_pkey_alloc,
	SYS_pkey_free,
	SYS_pkey_mprotect,
	SYS_splice,
	SYS_tee,
	SYS_vmsplice,
	SYS_epoll_create,
	SYS_epoll_create1,
	SYS_execve,
	SYS_execveat,
};

/* What stops for us though the table does not have it: see special.c and ready.c. */
static const uint16_t stopping[] = {
	SYS_dup,      SYS_dup2,	 SYS_dup3,	  SYS_close_range,  SYS_mmap,	  SYS_select,
	SYS_pselect6, SYS_ppoll, SYS_epoll_pwait, SYS_epoll_pwait2, SYS_sendmmsg, SYS_recvmmsg,
};

static uint32_t action_of(int nr)
{
	for (size_t i = 0; i < sizeof(local) / sizeof(*local); i++) {
		if (local[i] == nr)
			return ALLOW;
	}
	for (size_t i = 0; i < sizeof(stopping) / sizeof(*stopping); i++) {
		if (stopping[i] == nr)
			return STOP;
	}
	return call_find(nr) ? STOP : (uint32_t)DENY;
}

static void emit(struct sock_fprog *program, uint16_t code, uint32_t k, uint8_t yes, uint8_t no)
{
	program->filter[program->len++] = (struct sock_filter){ code, yes, no, k };
}

static void load(struct sock_fprog *program, size_t offset)
{
	emit(program, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

/* From the largest numbers down: one comparison for each run with the same action. */
static void emit_numbers(struct sock_fprog *program)
{
	int end = NUMBERS;

	emit(program, BPF_JMP | BPF_JGE | BPF_K, NUMBERS, 0, 1);
	emit(program, BPF_RET | BPF_K, DENY, 0, 0);
	while (end) {
		uint32_t action = action_of(end - 1);
		int start = end - 1;

		while (start && action_of(start - 1) == action)
			start--;
		if (start)
			emit(program, BPF_JMP | BPF_JGE | BPF_K, start, 0, 1);
		emit(program, BPF_RET | BPF_K, action, 0, 0);
		end = start;
	}
}

int filter_install(void)
{
	static struct sock_filter code[2 * NUMBERS + 16];
	struct sock_fprog program = { .filter = code };

	load(&program, offsetof(struct seccomp_data, arch));
	emit(&program, BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0);
	emit(&program, BPF_RET | BPF_K, DENY, 0, 0);
	load(&program, offsetof(struct seccomp_data, nr));
	/* Memory without a file is the most frequent mmap, and always ours. */
	emit(&program, BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 0, 4);
	load(&program, offsetof(struct seccomp_data, args[4]));
	emit(&program, BPF_JMP | BPF_JEQ | BPF_K, 0xffffffff, 1, 0);
	emit(&program, BPF_RET | BPF_K, STOP, 0, 0);
	emit(&program, BPF_RET | BPF_K, ALLOW, 0, 0);
	emit_numbers(&program);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
