// SPDX-License-Identifier: GPL-2.0
/* The traced threads and their processes: begun, changed by exec, ended. */
#include "ctrl.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct thread *threads;
static uint32_t next_task;

struct thread *thread_first(void)
{
	return threads;
}

struct thread *thread_find(pid_t tid)
{
	struct thread *t = threads;

	while (t && t->tid != tid)
		t = t->next;
	return t;
}

bool process_is_ours(pid_t pid)
{
	for (struct thread *t = threads; t; t = t->next) {
		if (t->process && t->process->pid == pid)
			return true;
	}
	return false;
}

static struct process *process_new(pid_t pid)
{
	struct process *p = calloc(1, sizeof(*p));

	if (!p)
		fail(1, "out of memory");
	p->refs = 1;
	p->pid = pid;
	p->remote_folder = !options.prefix;
	return p;
}

struct thread *thread_add(pid_t tid)
{
	struct thread *t = calloc(1, sizeof(*t));

	if (!t)
		fail(1, "out of memory");
	t->tid = tid;
	t->task = next_task++;
	t->next = threads;
	threads = t;
	return t;
}

static void process_drop(struct process *p, struct thread *last)
{
	if (--p->refs)
		return;
	fds_drop(p->fds, close_remote, last);
	free(p->script);
	free(p);
}

void thread_begin(struct thread *parent, struct thread *child, uint64_t flags)
{
	struct process *p;

	if (!parent) {
		child->process = process_new(child->tid);
		child->process->fds = fds_new();
		return;
	}
	send_task(parent->task, child->task, flags & CLONE_FS);
	if (flags & CLONE_THREAD) {
		child->process = parent->process;
		child->process->refs++;
		return;
	}
	p = process_new(child->tid);
	p->fds = flags & CLONE_FILES ? fds_share(parent->process->fds)
				     : fds_copy(parent->process->fds);
	p->remote_folder = parent->process->remote_folder;
	p->host = parent->process->host;
	p->script = parent->process->script ? strdup(parent->process->script) : NULL;
	p->linker_known = parent->process->linker_known;
	p->linker_start = parent->process->linker_start;
	p->linker_end = parent->process->linker_end;
	child->process = p;
}

/* What it waited for is broken off, so that its task can end. */
void thread_remove(struct thread *t)
{
	struct thread **link = &threads;

	if (t->state == WAITING || t->state == PARKED || t->state == BREAKING) {
		if (!t->replied)
			call_orphaned(t);
	}
	if (t->process) {
		process_drop(t->process, t);
		send_end(t->task);
	}
	while (*link != t)
		link = &(*link)->next;
	*link = t->next;
	buffer_free(&t->reply);
	free(t->ready);
	free(t->mapping);
	free(t);
}

/* The file behind /proc/PID/exe is the interpreter when a script was run: it stands in its line. */
static char *script_of(pid_t pid)
{
	char name[64], line[4096], head[2];
	ssize_t n;
	struct stat st;
	char *second;
	int fd;

	snprintf(name, sizeof(name), "/proc/%d/cmdline", pid);
	fd = open(name, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, line, sizeof(line) - 1);
	close(fd);
	if (n <= 0)
		return NULL;
	line[n] = '\0';
	second = line + strlen(line) + 1;
	/* An option of the interpreter may come before the script. */
	if (second < line + n && *second == '-')
		second += strlen(second) + 1;
	if (second >= line + n || *second != '/')
		return NULL;
	/* What a path on the command line leads to is not ours to wait for. */
	if (stat(second, &st) || !S_ISREG(st.st_mode))
		return NULL;
	fd = open(second, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, head, sizeof(head));
	close(fd);
	return n == 2 && head[0] == '#' && head[1] == '!' ? strdup(second) : NULL;
}

void thread_executed(struct thread *t)
{
	struct process *p = t->process;
	struct fds *own = fds_copy(p->fds);

	fds_drop(p->fds, close_remote, t);
	p->fds = own;
	fds_execute(p->fds, close_remote, t);
	p->linker_known = false;
	p->host = false;
	free(p->script);
	p->script = script_of(p->pid);
}
