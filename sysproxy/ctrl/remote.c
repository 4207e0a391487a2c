// SPDX-License-Identifier: GPL-2.0
/* Calls on their way to the unikernel, and what their replies do to the thread that waits. */
#include "ctrl.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ORPHANS_MOST = 64 };

static uint32_t next_id = 1;

/* Calls that open something, whose thread was killed before the reply. */
static uint32_t orphans[ORPHANS_MOST];
static int norphans;

static void send_buffer(struct buffer *out)
{
	if (out->failed || link_write(&server, out->data, out->size))
		fail(EXIT_LOST, "the connection is lost");
	buffer_free(out);
}

void send_task(uint32_t parent, uint32_t task, bool share)
{
	struct buffer out = { 0 };
	size_t begin = frame_begin(&out, FRAME_TASK);

	put_u32(&out, parent);
	put_u32(&out, task);
	put_u32(&out, share);
	frame_finish(&out, begin);
	send_buffer(&out);
}

static void send_number(enum frame_type type, uint32_t number)
{
	struct buffer out = { 0 };
	size_t begin = frame_begin(&out, type);

	put_u32(&out, number);
	frame_finish(&out, begin);
	send_buffer(&out);
}

void send_end(uint32_t task)
{
	send_number(FRAME_END, task);
}

void send_interrupt(uint32_t call)
{
	send_number(FRAME_INTERRUPT, call);
}

/* By a task that waits for nothing, or it would have to wait, too. */
void send_silent(struct thread *t, long number, uint64_t first, uint64_t second)
{
	struct call_ids ids = { .id = next_id++, .flags = CALL_SILENT };
	uint64_t args[CALL_ARGS] = { first, second };
	struct buffer out = { 0 };

	ids.task = t->task;
	call_encode(call_find(number), &ids, args, &own_memory, &out);
	send_buffer(&out);
}

void close_remote(int fd, void *thread)
{
	send_silent(thread, SYS_close, fd, 0);
}

void send_call(struct thread *t, const struct call *call, const uint64_t args[CALL_ARGS],
	       void (*done)(struct thread *t, int64_t result))
{
	struct call_ids ids = { .id = next_id++, .task = t->task };
	struct buffer out = { 0 };
	int error;

	t->call = call;
	memcpy(t->args, args, sizeof(t->args));
	t->done = done;
	t->replied = false;
	t->reply.size = 0;
	t->id = ids.id;
	if (t->state == RUNNING)
		t->state = WAITING;
	t->deadline = now_ms() + GRACE_MS;
	error = call_encode(call, &ids, t->args, t->memory, &out);
	if (error) {
		buffer_free(&out);
		done(t, error);
		return;
	}
	send_buffer(&out);
}

/* Sleep where signals wake it; one that is readiness sleeps in its own call, see ready.c. */
static void park(struct thread *t)
{
	struct user_regs_struct regs = t->regs;

	t->state = PARKED;
	if (!t->ready || !t->ready->count) {
		regs.orig_rax = SYS_pause;
		set_regs(t, &regs);
	}
	resume(t, PTRACE_SYSCALL, 0);
}

int park_late(void)
{
	long now = now_ms(), next = -1;

	for (struct thread *t = thread_first(); t; t = t->next) {
		if (t->state != WAITING)
			continue;
		if (t->deadline <= now)
			park(t);
		else if (next < 0 || t->deadline - now < next)
			next = t->deadline - now;
	}
	return next;
}

/* Out of its sleep: there is a reply, or a signal. */
void parked_out(struct thread *t, int64_t result)
{
	t->native = result;
	t->state = BREAKING;
	if (!t->replied)
		send_interrupt(t->id);
	else if (t->ready && t->ready->count)
		ready_out(t, result);
	else
		t->done(t, t->value);
}

static int64_t finish(struct thread *t, struct cursor *c)
{
	if (t->memory != &own_memory)
		thread_memory(t);
	return call_finish(t->call, t->args, t->memory, c);
}

/* The result is computed at once: the thread's memory can be written wherever it is. */
static void take_reply(struct thread *t, struct cursor *c)
{
	t->value = finish(t, c);
	t->replied = true;
	if (t->ready && t->ready->count)
		ready_replied(t);
	else if (t->state == PARKED)
		ptrace(PTRACE_INTERRUPT, t->tid, 0, 0);
	else
		t->done(t, t->value);
}

void call_orphaned(struct thread *t)
{
	if (t->call && t->call->flags & CALL_NEWFD && norphans < ORPHANS_MOST)
		orphans[norphans++] = t->id;
	send_interrupt(t->id);
}

/* What it has opened is in nobody's hands. */
static void take_orphan(uint32_t id, int64_t fd)
{
	struct thread *t = thread_first();

	while (t && !t->process)
		t = t->next;
	for (int i = 0; i < norphans; i++) {
		if (orphans[i] != id)
			continue;
		orphans[i] = orphans[--norphans];
		if (t && fd >= 0)
			send_silent(t, SYS_close, fd, 0);
		return;
	}
}

void take_frame(const struct frame *f)
{
	struct cursor c = { .p = f->data, .end = f->data + f->size };
	uint32_t id = get_u32(&c);

	if (f->type != FRAME_REPLY || c.bad)
		fail(EXIT_LOST, "the server does not speak our protocol");
	for (struct thread *t = thread_first(); t; t = t->next) {
		bool waits = t->state == WAITING || t->state == PARKED || t->state == BREAKING;

		if (waits && t->id == id && !t->replied) {
			take_reply(t, &c);
			return;
		}
	}
	take_orphan(id, get_u64(&c));
}

static uint64_t cloexec_of(struct thread *t)
{
	int where = t->call->cloexec;

	if (where == CLOEXEC_NEVER)
		return 0;
	return where == CLOEXEC_ALWAYS ? O_CLOEXEC : t->args[where] & O_CLOEXEC;
}

static void placed(struct thread *t, int64_t result)
{
	if (result >= 0) {
		fds_close(t->process->fds, result, result, close_remote, t);
		fds_set(t->process->fds, result, t->placing, t->value);
	} else {
		send_silent(t, SYS_close, t->placing->fd, 0);
		free(t->placing);
	}
	t->placing = NULL;
	leave(t, result);
}

/* The thread makes a descriptor that nothing can be done with, and goes on with its number. */
static void place(struct thread *t, int fd)
{
	uint64_t args[CALL_ARGS] = { cloexec_of(t) };

	t->placing = file_new(fd);
	t->value = args[0];
	inject(t, SYS_epoll_create1, args, placed);
}

static bool wants_sigpipe(struct thread *t)
{
	switch (t->call->nr) {
	case SYS_sendto:
		return !(t->args[3] & MSG_NOSIGNAL);
	case SYS_sendmsg:
		return !(t->args[2] & MSG_NOSIGNAL);
	case SYS_write:
	case SYS_writev:
	case SYS_pwrite64:
	case SYS_pwritev:
	case SYS_pwritev2:
		return true;
	}
	return false;
}

/* What tcpdump and others say of it does not lead to the remedy. */
static void tell_of_packet_sockets(const struct thread *t)
{
	static bool told;

	if (told || !t->call || t->call->nr != SYS_socket || t->args[0] != AF_PACKET)
		return;
	told = true;
	fputs("rumpctrl: the unikernel has no packet sockets: bake it with -m 'add packet'\n",
	      stderr);
}

void finish_call(struct thread *t, int64_t result)
{
	struct user_regs_struct regs = t->regs;
	bool entry = t->state == WAITING;

	if (t->ready)
		t->ready->count = 0;
	if (result >= 0 && t->call && t->call->flags & CALL_NEWFD) {
		place(t, result);
		return;
	}
	if (result == -EAFNOSUPPORT)
		tell_of_packet_sockets(t);
	if (result == -EPIPE && wants_sigpipe(t))
		syscall(SYS_tgkill, t->process->pid, t->tid, SIGPIPE);
	if (entry)
		regs.orig_rax = -1;
	/* The kernel begins the call again, or not, as it would with its own. */
	if (!entry && result == -EINTR)
		result = t->call->flags & CALL_ONCE ? -ERESTARTNOHAND : -ERESTARTSYS;
	regs.rax = result;
	set_regs(t, &regs);
	resume(t, PTRACE_CONT, 0);
}
