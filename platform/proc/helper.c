// SPDX-License-Identifier: GPL-2.0
/*
 * Two things of the start take the host long: a network namespace half a millisecond, a large page
 * a tenth. A thread asks for them while the kernel starts, and ends; the process moves to the
 * namespaces that it leaves. Where there can be no thread, or it gets nothing, the process asks
 * itself.
 */
#include "proc.h"

enum { NR_FUTEX = 202, NR_UNSHARE = 272, NR_SETNS = 308 };
enum { NR_SCHED_SETSCHEDULER = 144, NR_SCHED_GETSCHEDULER = 145 };
enum { NR_SCHED_SETAFFINITY = 203, NR_SCHED_GETAFFINITY = 204, NR_GETCPU = 309 };
enum { AT_FDCWD = -100, O_DIRECTORY = 0200000, O_CLOEXEC = 02000000, O_PATH = 010000000 };
enum { FUTEX_WAIT = 0, SCHED_OTHER = 0, SCHED_BATCH = 3 };
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

static const struct {
	int flag;
	const char *name;
} spaces[] = {
	{ CLONE_NEWNET, "thread-self/ns/net" },
	{ CLONE_NEWIPC, "thread-self/ns/ipc" },
	{ CLONE_NEWUTS, "thread-self/ns/uts" },
};
#define SPACES (sizeof(spaces) / sizeof(*spaces))

static int made[SPACES]; /* descriptors */
static int proc_fd = -1;
/* The host lets us have namespaces. */
static bool allowed;
static bool taken;
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
	host_memory_ahead();
	if (!take())
		return;
	if (make_namespaces())
		for (size_t i = 0; i < SPACES; i++)
			made[i] = HOST(NR_OPENAT, proc_fd, spaces[i].name, O_CLOEXEC, 0);
}

/* From OTHER to BATCH a process may always go, and back (man 7 sched). */
static void set_policy(int policy)
{
	int priority = 0;

	HOST(NR_SCHED_SETSCHEDULER, 0, policy, &priority, 0);
}

/*
 * Hosts often let a new thread wait for the processor that made it. So it goes to another one, of
 * those that are ours; or, when it is too late for that, back to this one, where nobody is before
 * it.
 */
static void place(int thread, bool here)
{
	uint64_t cpus[16] = { 0 };
	unsigned int cpu = 0;
	long size = HOST(NR_SCHED_GETAFFINITY, 0, sizeof(cpus), cpus, 0);

	if (size <= 0 || HOST(NR_GETCPU, &cpu, NULL, NULL, 0) || cpu >= 8 * sizeof(cpus))
		return;
	for (size_t i = 0; here && i < sizeof(cpus) / sizeof(*cpus); i++)
		cpus[i] = 0;
	cpus[cpu / 64] ^= 1ul << cpu % 64;
	HOST(NR_SCHED_SETAFFINITY, thread, size, cpus, 0);
}

/* While the host's files are there: a thread finds its namespaces in them. */
void host_helper_prepare(void)
{
	proc_fd = HOST(NR_OPENAT, AT_FDCWD, "/proc", O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
	allowed = true;
}

/*
 * The thread begins with all signals blocked, as they are yet: none is for it. As long as it runs,
 * the host tells its processor of each page that is mapped otherwise: variables have moved before.
 * Hosts like to let a new thread run at once where it was made, which here would be the process
 * that waits: one of SCHED_BATCH does not preempt.
 */
void host_helper_start(void)
{
	static UNMOVED char stack[STACK_SIZE] __attribute__((aligned(16)));
	long thread;
	bool other;
	int flags = CLONE_VM | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_PARENT_SETTID |
		    CLONE_CHILD_CLEARTID;

	if (!allowed)
		return;
	for (size_t i = 0; i < SPACES; i++)
		made[i] = -1;
	other = HOST(NR_SCHED_GETSCHEDULER, 0, 0, 0, 0) == SCHED_OTHER;
	if (other)
		set_policy(SCHED_BATCH);
	thread = host_clone(flags, stack + sizeof(stack), &helper, &helper);
	if (thread > 0)
		place(thread, false);
	if (other)
		set_policy(SCHED_OTHER);
}

/* Also if the host lets us join some only. */
static bool join_namespaces(void)
{
	bool joined = true;

	for (size_t i = 0; i < SPACES; i++) {
		joined = made[i] >= 0 && !HOST(NR_SETNS, made[i], spaces[i].flag, 0, 0) && joined;
		HOST(NR_CLOSE, made[i], 0, 0, 0);
	}
	return joined;
}

void host_helper_join(void)
{
	bool late;
	int tid;

	if (!allowed)
		return;
	late = take();
	tid = __atomic_load_n(&helper, __ATOMIC_ACQUIRE);
	if (late && tid)
		place(tid, true);
	while ((tid = __atomic_load_n(&helper, __ATOMIC_ACQUIRE)))
		HOST(NR_FUTEX, &helper, FUTEX_WAIT, tid, NULL);
	HOST(NR_CLOSE, proc_fd, 0, 0, 0);
	if (late || !join_namespaces())
		make_namespaces();
}
