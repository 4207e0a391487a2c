// SPDX-License-Identifier: GPL-2.0
/*
 * getpid() and the like. Without PID namespaces a process has one number, which
 * is in its task_struct: no need to walk from struct pid to the namespace.
 */
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/syscalls.h>

SYSCALL_DEFINE0(rump_getpid)
{
	return current->tgid;
}

SYSCALL_DEFINE0(rump_gettid)
{
	return current->pid;
}

SYSCALL_DEFINE0(rump_getppid)
{
	long pid;

	rcu_read_lock();
	pid = rcu_dereference(current->real_parent)->tgid;
	rcu_read_unlock();
	return pid;
}
