// SPDX-License-Identifier: GPL-2.0
/*
 * poll, select and epoll with descriptors of both sides: the thread waits in its own call, where
 * placeholders are never ready, while the server waits for the remote ones. Whichever is first
 * ends the other.
 */
#include "ctrl.h"
#include "ring.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <time.h>

enum { SETS = 3, SET_LONGS = POLLS_MOST / 64 };

static const short set_events[SETS] = { POLLIN, POLLOUT, POLLPRI };
static const short set_results[SETS] = { POLLIN | POLLHUP | POLLERR, POLLOUT | POLLERR, POLLPRI };

static bool is_select(struct thread *t)
{
	return t->regs.orig_rax == SYS_select || t->regs.orig_rax == SYS_pselect6;
}

static bool is_epoll(struct thread *t)
{
	return t->regs.orig_rax == SYS_epoll_wait || t->regs.orig_rax == SYS_epoll_pwait ||
	       t->regs.orig_rax == SYS_epoll_pwait2;
}

static struct ready *fresh(struct thread *t)
{
	if (!t->ready)
		t->ready = malloc(sizeof(*t->ready));
	if (!t->ready)
		fail(EXIT_SYSTEM, "out of memory");
	t->ready->count = 0;
	t->ready->others = false;
	return t->ready;
}

/* A time in memory, with so many units a millisecond in its second half; none is for ever. */
static int timeout_at(struct thread *t, uint64_t where, long unit)
{
	struct timespec ts;
	long ms;

	if (!where || peek(t, where, &ts, sizeof(ts)))
		return -1;
	if (ts.tv_sec < 0 || ts.tv_sec > INT_MAX / 1000 - 1)
		return -1;
	ms = ts.tv_sec * 1000 + (ts.tv_nsec + unit - 1) / unit;
	return ms;
}

static int timeout_of(struct thread *t)
{
	const struct user_regs_struct *r = &t->regs;

	switch (r->orig_rax) {
	case SYS_poll:
		return r->rdx;
	case SYS_ppoll:
		return timeout_at(t, r->rdx, 1000000);
	case SYS_select:
		return timeout_at(t, r->r8, 1000);
	case SYS_pselect6:
		return timeout_at(t, r->r8, 1000000);
	case SYS_epoll_pwait2:
		return timeout_at(t, r->r10, 1000000);
	}
	return r->r10;
}

static void add_poll(struct thread *t, int fd, short events, int place)
{
	struct ready *ready = t->ready;
	struct file *file = fds_file(t->process->fds, fd);

	if (!file) {
		ready->others = true;
		return;
	}
	ready->polls[ready->count] = (struct pollfd){ .fd = file->fd, .events = events };
	ready->place[ready->count++] = place;
}

static void collect_polls(struct thread *t)
{
	struct pollfd pfd;
	uint32_t n = t->args[1];

	for (uint32_t i = 0; i < n && i < POLLS_MOST; i++) {
		if (peek(t, t->args[0] + i * sizeof(pfd), &pfd, sizeof(pfd)))
			break;
		if (pfd.fd >= 0)
			add_poll(t, pfd.fd, pfd.events, i);
	}
}

static size_t set_size(struct thread *t)
{
	uint32_t n = t->args[0] < POLLS_MOST ? t->args[0] : POLLS_MOST;

	return (n + 63) / 64 * 8;
}

static void collect_sets(struct thread *t)
{
	uint64_t set[SETS][SET_LONGS] = { 0 };
	size_t size = set_size(t);

	for (int k = 0; k < SETS; k++) {
		if (t->args[1 + k])
			peek(t, t->args[1 + k], set[k], size);
	}
	for (size_t fd = 0; fd < 8 * size && fd < t->args[0]; fd++) {
		short events = 0;

		for (int k = 0; k < SETS; k++) {
			if (set[k][fd / 64] >> fd % 64 & 1)
				events |= set_events[k];
		}
		if (events)
			add_poll(t, fd, events, fd);
	}
}

static void broken(struct thread *t, int64_t result)
{
	t->ready->count = 0;
	finish_call(t, result);
}

/* A ring that holds packets is ready whatever the server says. */
static bool ring_answers(struct thread *t)
{
	struct pollfd pfd;
	int64_t n = 0;

	for (uint32_t i = 0; i < (uint32_t)t->args[1] && i < POLLS_MOST; i++) {
		uint64_t at = t->args[0] + i * sizeof(pfd);
		struct file *file;

		if (peek(t, at, &pfd, sizeof(pfd)))
			break;
		file = fds_file(t->process->fds, pfd.fd);
		pfd.revents =
			file && file->ring && ring_ready(file->ring) ? POLLIN & pfd.events : 0;
		n += pfd.revents != 0;
		if (n && poke(t, at, &pfd, sizeof(pfd)))
			break;
	}
	if (n)
		give_result(t, n);
	return n;
}

static void send_polls(struct thread *t)
{
	uint64_t args[CALL_ARGS] = { 0 };

	memcpy(t->args, (uint64_t[]){ t->regs.rdi, t->regs.rsi, t->regs.rdx, t->regs.r10 },
	       4 * sizeof(*args));
	fresh(t);
	if (is_select(t))
		collect_sets(t);
	else if (ring_answers(t))
		return;
	else
		collect_polls(t);
	if (!t->ready->count) {
		run_local(t);
		return;
	}
	args[0] = (uintptr_t)t->ready->polls;
	args[1] = t->ready->count;
	args[2] = timeout_of(t);
	t->memory = &own_memory;
	send_call(t, call_find(SYS_poll), args, broken);
}

static bool enter_polls(struct thread *t)
{
	if (is_select(t) || !ring_drain(t, send_polls))
		send_polls(t);
	return true;
}

static bool enter_epoll_wait(struct thread *t)
{
	struct file *mirror = fds_mirror(t->process->fds, t->args[0]);
	uint64_t args[CALL_ARGS] = { 0 };
	int most = t->args[2];

	if (!mirror || most <= 0) {
		run_local(t);
		return true;
	}
	fresh(t);
	t->ready->count = 1;
	t->ready->others = true;
	if (most > POLLS_MOST)
		most = POLLS_MOST;
	args[0] = mirror->fd;
	args[1] = (uintptr_t)t->ready->events;
	args[2] = most;
	args[3] = timeout_of(t);
	t->memory = &own_memory;
	send_call(t, call_find(SYS_epoll_wait), args, broken);
	return true;
}

static bool is_cloexec(struct thread *t, int fd)
{
	char name[64], line[128];
	unsigned int flags = 0;
	FILE *f;

	snprintf(name, sizeof(name), "/proc/%d/fdinfo/%d", t->tid, fd);
	f = fopen(name, "re");
	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "flags: %o", &flags) == 1)
			break;
	}
	if (f)
		fclose(f);
	return flags & O_CLOEXEC;
}

static void change_interest(struct thread *t)
{
	const struct user_regs_struct *r = &t->regs;
	uint64_t args[CALL_ARGS] = { fds_mirror(t->process->fds, r->rdi)->fd, r->rsi,
				     fds_file(t->process->fds, r->rdx)->fd, r->r10 };

	thread_memory(t);
	send_call(t, call_find(SYS_epoll_ctl), args, finish_call);
}

static void mirror_made(struct thread *t, int64_t result)
{
	struct file *mirror;

	if (result < 0) {
		t->call = call_find(SYS_epoll_ctl);
		finish_call(t, result);
		return;
	}
	mirror = file_new(result);
	mirror->mirror = true;
	fds_set(t->process->fds, t->regs.rdi, mirror, is_cloexec(t, t->regs.rdi));
	change_interest(t);
}

/* The first remote descriptor makes a remote epoll beside the local one. */
static bool enter_epoll_ctl(struct thread *t)
{
	uint64_t args[CALL_ARGS] = { O_CLOEXEC };

	if (!fds_file(t->process->fds, t->args[2]))
		return false;
	if (fds_mirror(t->process->fds, t->args[0])) {
		change_interest(t);
		return true;
	}
	t->memory = &own_memory;
	send_call(t, call_find(SYS_epoll_create1), args, mirror_made);
	return true;
}

bool ready_entered(struct thread *t)
{
	switch (t->regs.orig_rax) {
	case SYS_poll:
	case SYS_ppoll:
	case SYS_select:
	case SYS_pselect6:
		return enter_polls(t);
	case SYS_epoll_wait:
	case SYS_epoll_pwait:
	case SYS_epoll_pwait2:
		return enter_epoll_wait(t);
	case SYS_epoll_ctl:
		return enter_epoll_ctl(t);
	}
	return false;
}

static int64_t merge_polls(struct thread *t, int64_t native, int64_t remote)
{
	struct ready *ready = t->ready;

	for (int i = 0; i < ready->count; i++) {
		uint64_t at = t->regs.rdi + ready->place[i] * sizeof(struct pollfd) +
			      offsetof(struct pollfd, revents);

		if (poke(t, at, &ready->polls[i].revents, sizeof(short)))
			return -EFAULT;
	}
	return native + remote;
}

/* What the kernel has left in the sets counts only if it found something. */
static int64_t merge_sets(struct thread *t, int64_t native)
{
	uint64_t set[SETS][SET_LONGS] = { 0 };
	const uint64_t where[SETS] = { t->regs.rsi, t->regs.rdx, t->regs.r10 };
	struct ready *ready = t->ready;
	size_t size;
	int64_t bits = 0;

	t->args[0] = t->regs.rdi;
	size = set_size(t);
	for (int k = 0; k < SETS; k++) {
		if (where[k] && native > 0)
			peek(t, where[k], set[k], size);
		for (int i = 0; where[k] && i < ready->count; i++) {
			int fd = ready->place[i];

			if (ready->polls[i].events & set_events[k] &&
			    ready->polls[i].revents & set_results[k])
				set[k][fd / 64] |= 1ull << fd % 64;
		}
		for (size_t i = 0; i < SET_LONGS; i++)
			bits += __builtin_popcountll(set[k][i]);
		if (where[k] && poke(t, where[k], set[k], size))
			return -EFAULT;
	}
	return bits;
}

static int64_t merge_events(struct thread *t, int64_t native, int64_t remote)
{
	const struct epoll_event *events = t->ready->events;
	int64_t room = (int)t->regs.rdx - native;

	if (remote > room)
		remote = room;
	if (poke(t, t->regs.rsi + native * sizeof(*events), events, remote * sizeof(*events)))
		return -EFAULT;
	return native + remote;
}

static int64_t merge(struct thread *t, int64_t native, int64_t remote)
{
	int64_t n = native < 0 ? 0 : native;

	if (is_epoll(t))
		return merge_events(t, n, remote);
	if (is_select(t))
		return merge_sets(t, n);
	/* What was interrupted has no answers in it; neither has ours then. */
	if (remote <= 0) {
		for (int i = 0; i < t->ready->count; i++)
			t->ready->polls[i].revents = 0;
	}
	return merge_polls(t, n, remote);
}

/* At the entry, when nothing local is waited for: no need to begin. */
static void end_at_entry(struct thread *t)
{
	int64_t result = t->value < 0 ? t->value : merge(t, 0, t->value);

	t->ready->count = 0;
	finish_call(t, result);
}

static void begin_native(struct thread *t)
{
	t->state = PARKED;
	resume(t, PTRACE_SYSCALL, 0);
	/* It looks once at what is ready, and comes back. */
	if (t->value > 0)
		ptrace(PTRACE_INTERRUPT, t->tid, 0, 0);
}

void ready_replied(struct thread *t)
{
	if (t->state == BREAKING)
		ready_out(t, t->native);
	else if (t->state == PARKED && t->value)
		ptrace(PTRACE_INTERRUPT, t->tid, 0, 0);
	else if (t->state == WAITING && (t->value < 0 || !t->ready->others))
		end_at_entry(t);
	else if (t->state == WAITING)
		begin_native(t);
}

void ready_out(struct thread *t, int64_t native)
{
	struct user_regs_struct regs = t->regs;
	int64_t remote = t->value == -EINTR ? 0 : t->value, result;
	bool interrupted = native == -ERESTARTNOHAND || native == -516 || native == -EINTR;

	if (remote < 0)
		result = remote;
	else if (native < 0 && !interrupted)
		result = native;
	else if (interrupted && remote <= 0)
		result = is_epoll(t) ? -EINTR : -ERESTARTNOHAND;
	else
		result = merge(t, native, remote);
	t->ready->count = 0;
	regs.rax = result;
	set_regs(t, &regs);
	resume(t, PTRACE_CONT, 0);
}
