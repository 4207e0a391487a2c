// SPDX-License-Identifier: GPL-2.0
/* What is to become of a call: the place where its descriptors and paths are decides. */
#include "ctrl.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>

enum { UNDECIDED = -1, MIXED = -2 };

void run_local(struct thread *t)
{
	t->state = RUNNING;
	resume(t, PTRACE_CONT, 0);
}

void run_followed(struct thread *t, void (*follow)(struct thread *t, int64_t result))
{
	t->follow = follow;
	t->state = FOLLOWING;
	resume(t, PTRACE_SYSCALL, 0);
}

void give_result(struct thread *t, int64_t result)
{
	struct user_regs_struct regs = t->regs;

	regs.orig_rax = -1;
	regs.rax = result;
	set_regs(t, &regs);
	run_local(t);
}

static int join(int side, enum side other)
{
	return side == UNDECIDED || side == (int)other ? (int)other : MIXED;
}

/* A path behind a descriptor; without one, the current folder is meant. */
static int path_side(struct thread *t, const struct call *call, int i, char path[STRING_MOST])
{
	int dir = AT_FDCWD;

	if (i && call->arg[i - 1].kind == ARG_DIR)
		dir = t->args[i - 1];
	/* A bad pointer is the unikernel's to complain of, or the host's: it is the same. */
	if (peek_string(t, t->args[i], path, STRING_MOST) < 0)
		*path = '\0';
	return where_is(t, dir, path);
}

/* Descriptors become the server's; one in front of an absolute path means nothing there. */
static void translate(struct thread *t, const struct call *call)
{
	for (int i = 0; i < CALL_ARGS; i++) {
		int kind = call->arg[i].kind;
		struct file *file;

		if (kind != ARG_FD && kind != ARG_DIR)
			continue;
		file = fds_file(t->process->fds, t->args[i]);
		if (file)
			t->args[i] = file->fd;
		else if (kind == ARG_DIR)
			t->args[i] = AT_FDCWD;
	}
}

static int side_of(struct thread *t, const struct call *call, char path[STRING_MOST])
{
	int side = UNDECIDED;

	for (int i = 0; i < CALL_ARGS; i++) {
		int kind = call->arg[i].kind;

		if (kind == ARG_FD)
			side = join(side, fds_file(t->process->fds, t->args[i]) ? REMOTE : LOCAL);
		else if (kind == ARG_PATH && t->args[i])
			side = join(side, path_side(t, call, i, path));
	}
	return side;
}

static bool socket_is_remote(uint64_t family)
{
	if (options.socket == SOCKET_INET)
		return family == AF_INET || family == AF_INET6;
	return options.socket == SOCKET_ALL;
}

/* Calls about the system as a whole are for the unikernel. */
static int without_place(struct thread *t, const struct call *call)
{
	if (call->nr == SYS_socket)
		return socket_is_remote(t->args[0]) ? REMOTE : LOCAL;
	if (call->nr == SYS_getcwd)
		return t->process->remote_folder ? REMOTE : LOCAL;
	if (call->nr == SYS_epoll_create1)
		return LOCAL;
	return REMOTE;
}

static bool looks_up(const struct call *call)
{
	switch (call->nr) {
	case SYS_stat:
	case SYS_newfstatat:
	case SYS_access:
	case SYS_faccessat:
	case SYS_faccessat2:
	case SYS_statx:
		return true;
	}
	return false;
}

/* A program that the unikernel does not have is looked up on the host, from where it will run. */
static void looked_up(struct thread *t, int64_t result)
{
	char path[STRING_MOST];
	int i = t->call->arg[0].kind == ARG_PATH ? 0 : 1;

	if (result == -ENOENT && t->state == WAITING &&
	    peek_string(t, t->args[i], path, sizeof(path)) >= 0 && is_host_program(path))
		run_local(t);
	else
		finish_call(t, result);
}

/* Where relative paths lead is where the last change of folder led. */
static void changed_folder(struct thread *t, int64_t result)
{
	if (!result)
		t->process->remote_folder = true;
	finish_call(t, result);
}

static void changed_folder_here(struct thread *t, int64_t result)
{
	if (!result)
		t->process->remote_folder = false;
	resume(t, PTRACE_CONT, 0);
}

static void go_remote(struct thread *t, const struct call *call)
{
	uint64_t args[CALL_ARGS];
	bool folder = call->nr == SYS_chdir || call->nr == SYS_fchdir;

	translate(t, call);
	memcpy(args, t->args, sizeof(args));
	thread_memory(t);
	send_call(t, call, args,
		  folder	   ? changed_folder
		  : looks_up(call) ? looked_up
				   : finish_call);
}

static void go_local(struct thread *t, const struct call *call)
{
	if (call->nr == SYS_chdir || call->nr == SYS_fchdir)
		run_followed(t, changed_folder_here);
	else
		run_local(t);
}

/* Mixed calls are those that copy or move from one side to the other: programs know EXDEV. */
static void decide(struct thread *t, const struct call *call)
{
	char path[STRING_MOST] = "";
	int side = side_of(t, call, path);

	if (side == UNDECIDED)
		side = without_place(t, call);
	if (t->process->host && side == REMOTE)
		side = host_side(call, path);
	if (side == REMOTE)
		go_remote(t, call);
	else if (side == LOCAL)
		go_local(t, call);
	else
		give_result(t, call->nr == SYS_sendfile ? -EINVAL : -EXDEV);
}

void call_entered(struct thread *t)
{
	const struct user_regs_struct *r = &t->regs;
	const uint64_t args[CALL_ARGS] = { r->rdi, r->rsi, r->rdx, r->r10, r->r8, r->r9 };
	const struct call *call = call_find(r->orig_rax);

	memcpy(t->args, args, sizeof(args));
	t->call = call;
	if (ready_entered(t) || special_entered(t))
		return;
	if (call)
		decide(t, call);
	else
		run_local(t);
}
