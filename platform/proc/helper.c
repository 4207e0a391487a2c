// SPDX-License-Identifier: GPL-2.0
/*
 * Two things of the start take the host long: a network namespace half a millisecond, a large page
 * a tenth. A thread asks for them while the kernel starts, and ends; the process moves to the
 * namespaces that it leaves. Where there can be no thread, or it gets nothing, the process asks
 * itself.
 */
#include "proc.h"

enum { NR_RT_SIGPROCMASK = 14, NR_FUTEX = 202, NR_UNSHARE = 272, NR_SETNS = 308 };
enum { AT_FDCWD = -100, O_DIRECTORY = 0200000, O_CLOEXEC = 02000000, O_PATH = 010000000 };
enum { SIG_SETMASK = 2, FUTEX_WAIT = 0 };
enum {
	CLONE_VM = 0x100,
	CLONE_FILES = 0x400,
	CLONE_SIGHAND = 0x800,
	CLONE_THREAD = 0x10000,
	CLONE_PARENT_SETTID = 0x100000,
	CLONE_CHILD_CLEARTID = 0x200000,
	CLONE_NEWUTS = 0x4000000,
	CLONE_NEWIPC = 0x8000000,
	CLONE_NEWNET = 0x40000000
};

#define STACK_SIZE 4096

long host_clone(unsigned long flags, void *stack, int *tid, int *cleared);
void host_helper(void);

static struct {
	int flag, fd;
	const char *name;
} made[] = {
	{ CLONE_NEWNET, -1, "thread-self/ns/net" },
	{ CLONE_NEWIPC, -1, "thread-self/ns/ipc" },
	{ CLONE_NEWUTS, -1, "thread-self/ns/uts" },
};
#define MADE (sizeof(made) / sizeof(*made))

static int proc_fd = -1;
static bool started, taken;
/* Not 0: the thread runs. The host clears it when it is gone, and wakes who waits. */
static int helper;

static bool make_namespaces(void)
{
	return !HOST(NR_UNSHARE, CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS, 0, 0, 0);
}

/* Whoever comes first does the work: without a processor to spare, that is not the thread. */
static bool take(void)
{
	return !__atomic_exchange_n(&taken, true, __ATOMIC_RELAXED);
}

/* call.S: the thread */
void host_helper(void)
{
	if (!take())
		return;
	if (make_namespaces())
		for (size_t i = 0; i < MADE; i++)
			made[i].fd = HOST(NR_OPENAT, proc_fd, made[i].name, O_CLOEXEC, 0);
	host_memory_ahead();
}

/* No signal is for the thread: it begins with all of them blocked. */
void host_helper_start(void)
{
	static char stack[STACK_SIZE] __attribute__((aligned(16)));
	uint64_t all = ~0ul, none = 0;
	int flags = CLONE_VM | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_PARENT_SETTID |
		    CLONE_CHILD_CLEARTID;

	/* While the host's is there: a thread finds its namespaces in it. */
	proc_fd = HOST(NR_OPENAT, AT_FDCWD, "/proc", O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
	HOST(NR_RT_SIGPROCMASK, SIG_SETMASK, &all, NULL, sizeof(all));
	host_clone(flags, stack + sizeof(stack), &helper, &helper);
	HOST(NR_RT_SIGPROCMASK, SIG_SETMASK, &none, NULL, sizeof(none));
	started = true;
}

/* Also if the host lets us join some only. */
static bool join_namespaces(void)
{
	bool joined = true;

	for (size_t i = 0; i < MADE; i++) {
		joined = made[i].fd >= 0 && !HOST(NR_SETNS, made[i].fd, made[i].flag, 0, 0) &&
			 joined;
		HOST(NR_CLOSE, made[i].fd, 0, 0, 0);
	}
	return joined;
}

void host_helper_join(void)
{
	bool late;
	int tid;

	if (!started)
		return;
	late = take();
	while ((tid = __atomic_load_n(&helper, __ATOMIC_ACQUIRE)))
		HOST(NR_FUTEX, &helper, FUTEX_WAIT, tid, NULL);
	HOST(NR_CLOSE, proc_fd, 0, 0, 0);
	if (late || !join_namespaces())
		make_namespaces();
}
