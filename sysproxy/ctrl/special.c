// SPDX-License-Identifier: GPL-2.0
/* Calls that need more than the table says: they change what descriptors mean, or have two sides.
 */
#include "ctrl.h"
#include "ring.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>

static struct file *any_file(struct thread *t, int fd)
{
	struct file *file = fds_file(t->process->fds, fd);

	return file ? file : fds_mirror(t->process->fds, fd);
}

/* The placeholder is closed by the call itself. The server's answer is not waited for. */
static bool enter_close(struct thread *t)
{
	int fd = t->args[0];

	fds_close(t->process->fds, fd, fd, close_remote, t);
	run_local(t);
	return true;
}

static bool enter_close_range(struct thread *t)
{
	uint32_t first = t->args[0], last = t->args[1];
	int end = last > INT32_MAX ? INT32_MAX : last;

	if (first > INT32_MAX) {
		run_local(t);
		return true;
	}
	if (t->args[2] & CLOSE_RANGE_UNSHARE) {
		give_result(t, -EINVAL);
		return true;
	}
	if (t->args[2] & CLOSE_RANGE_CLOEXEC)
		fds_set_cloexec_range(t->process->fds, first, end);
	else
		fds_close(t->process->fds, first, end, close_remote, t);
	run_local(t);
	return true;
}

/* A duplicate of what stands for a remote descriptor stands for it as well. */
static void duplicated(struct thread *t, int64_t result)
{
	int from = t->args[0];
	struct file *file = any_file(t, from);

	if (result >= 0 && result != from) {
		/* The old file may be on its last reference: take the new one first. */
		if (file)
			file->refs++;
		fds_close(t->process->fds, result, result, close_remote, t);
		if (file) {
			fds_set(t->process->fds, result, file, t->value);
			file->refs--;
		}
	}
	resume(t, PTRACE_CONT, 0);
}

static bool enter_dup(struct thread *t, bool cloexec)
{
	bool takes_place = t->regs.orig_rax == SYS_dup2 || t->regs.orig_rax == SYS_dup3;

	if (!any_file(t, t->args[0]) && !(takes_place && any_file(t, t->args[1])))
		return false;
	t->value = cloexec;
	run_followed(t, duplicated);
	return true;
}

static bool enter_dup_or_local(struct thread *t, bool cloexec)
{
	if (!enter_dup(t, cloexec))
		run_local(t);
	return true;
}

/* What is about the number and not the file is the placeholder's. */
static bool enter_fcntl(struct thread *t)
{
	if (!any_file(t, t->args[0]))
		return false;
	switch (t->args[1]) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		return enter_dup(t, t->args[1] == F_DUPFD_CLOEXEC);
	case F_SETFD:
		fds_set_cloexec(t->process->fds, t->args[0], t->args[2] & FD_CLOEXEC);
		run_local(t);
		return true;
	case F_GETFD:
		run_local(t);
		return true;
	}
	return false;
}

static bool enter_ioctl(struct thread *t)
{
	if (!any_file(t, t->args[0]) || (t->args[1] != FIOCLEX && t->args[1] != FIONCLEX))
		return false;
	fds_set_cloexec(t->process->fds, t->args[0], t->args[1] == FIOCLEX);
	run_local(t);
	return true;
}

/* A process of ours, or a group of them, is the host's; any other is the unikernel's. */
static bool enter_kill(struct thread *t)
{
	pid_t pid = t->args[0];

	if (!t->process->host && pid > 0 && !process_is_ours(pid))
		return false;
	run_local(t);
	return true;
}

/* Files are made on both sides: the mask is for both. */
static bool enter_umask(struct thread *t)
{
	send_silent(t, SYS_umask, t->args[0], 0);
	run_local(t);
	return true;
}

/* Of several messages the first: a caller has to expect that, and calls again. */
static void first_message(struct thread *t, int64_t result)
{
	uint32_t length = result;

	if (result >= 0) {
		result = 1;
		if (poke(t, t->args[1] + offsetof(struct mmsghdr, msg_len), &length,
			 sizeof(length)))
			result = -EFAULT;
	}
	finish_call(t, result);
}

static bool enter_messages(struct thread *t, const struct call *call)
{
	struct file *file = fds_file(t->process->fds, t->args[0]);
	uint64_t args[CALL_ARGS] = { 0, t->args[1], t->args[3] };

	if (!file || !(uint32_t)t->args[2]) {
		run_local(t);
		return true;
	}
	args[0] = file->fd;
	/* MSG_WAITFORONE is only about the second and later ones. */
	args[2] &= ~(uint64_t)MSG_WAITFORONE;
	thread_memory(t);
	send_call(t, call, args, first_message);
	return true;
}

bool special_entered(struct thread *t)
{
	switch (t->regs.orig_rax) {
	case SYS_close:
		return enter_close(t);
	case SYS_close_range:
		return enter_close_range(t);
	case SYS_dup:
	case SYS_dup2:
		return enter_dup_or_local(t, false);
	case SYS_dup3:
		return enter_dup_or_local(t, t->args[2] & O_CLOEXEC);
	case SYS_fcntl:
		return enter_fcntl(t);
	case SYS_ioctl:
		return enter_ioctl(t);
	case SYS_kill:
		return enter_kill(t);
	case SYS_umask:
		return enter_umask(t);
	case SYS_mmap:
		return enter_mmap(t);
	case SYS_setsockopt:
	case SYS_getsockopt:
		return ring_option(t);
	case SYS_sendmmsg:
		return enter_messages(t, call_find(SYS_sendmsg));
	case SYS_recvmmsg:
		return enter_messages(t, call_find(SYS_recvmsg));
	}
	return false;
}
