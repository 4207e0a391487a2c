// SPDX-License-Identifier: GPL-2.0
#include "session.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

enum job_kind { JOB_CALL, JOB_SPAWN, JOB_END };

enum { STACK_SIZE = 128 << 10 };

struct task;

/* What a task has to do next, in the order in which it came. */
struct job {
	struct job *next;
	enum job_kind kind;
	/* JOB_SPAWN */
	struct task *child;
	/* JOB_CALL */
	bool interrupted; /* the client has asked to break it off */
	size_t size;
	struct request request;
	uint8_t data[];
};

struct task {
	struct task *next;
	struct session *session;
	uint32_t id;
	bool share;
	pid_t tid;
	pthread_cond_t wake;
	struct job *first, **last;
	/* The call in hand. */
	struct job *current;
};

static struct session *session;
/* Under its lock. */
static struct task *tasks;
static unsigned int ntasks;
static size_t queued;

static void *work(void *arg);

static struct task *find(uint32_t id)
{
	struct task *t = tasks;

	while (t && t->id != id)
		t = t->next;
	return t;
}

static struct task *task_new(uint32_t id, bool share)
{
	struct task *t;

	if (ntasks == TASKS_MOST || find(id))
		return NULL;
	t = calloc(1, sizeof(*t));
	if (!t)
		return NULL;
	t->session = session;
	t->id = id;
	t->share = share;
	t->last = &t->first;
	pthread_cond_init(&t->wake, NULL);
	t->next = tasks;
	tasks = t;
	ntasks++;
	return t;
}

static void task_free(struct task *t)
{
	struct task **link = &tasks;

	while (*link != t)
		link = &(*link)->next;
	*link = t->next;
	ntasks--;
	pthread_cond_destroy(&t->wake);
	free(t);
}

/* A thread is begun by its parent's, whose folder and credentials it has at first. */
static int start_thread(struct task *t)
{
	pthread_attr_t attr;
	pthread_t thread;
	int error;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_SIZE);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	error = pthread_create(&thread, &attr, work, t);
	pthread_attr_destroy(&attr);
	return error ? -1 : 0;
}

static void enqueue(struct task *t, struct job *job)
{
	job->next = NULL;
	*t->last = job;
	t->last = &job->next;
	queued += job->size;
	pthread_cond_signal(&t->wake);
}

static struct job *dequeue(struct task *t)
{
	struct job *job = t->first;

	t->first = job->next;
	if (!t->first)
		t->last = &t->first;
	queued -= job->size;
	return job;
}

static void refuse(struct task *t, const struct job *job, int error)
{
	struct buffer out = { 0 };

	if (job->request.flags & CALL_SILENT)
		return;
	request_refuse(&job->request, error, &out);
	session_send(t->session, &out);
	buffer_free(&out);
}

static void run_call(struct task *t, struct job *job)
{
	const struct request *r = &job->request;
	struct buffer out = { 0 };
	int error = r->error;

	if (!error)
		error = policy_check(t->session->policy, r);
	if (error) {
		refuse(t, job, error);
		return;
	}
	request_run(r, &out);
	if (out.failed)
		refuse(t, job, ENOMEM);
	else if (!(r->flags & CALL_SILENT))
		session_send(t->session, &out);
	buffer_free(&out);
}

/* With the lock held, but for the time that the call takes. False when the task has ended. */
static bool run_job(struct task *t, struct job *job)
{
	switch (job->kind) {
	case JOB_CALL:
		t->current = job;
		pthread_mutex_unlock(&t->session->lock);
		run_call(t, job);
		pthread_mutex_lock(&t->session->lock);
		t->current = NULL;
		return true;
	case JOB_SPAWN:
		/* Without a thread the client would wait for ever: this ends it. */
		if (start_thread(job->child))
			_exit(EXIT_FAILURE);
		return true;
	case JOB_END:
		break;
	}
	return false;
}

static void *work(void *arg)
{
	struct task *t = arg;
	struct session *s = t->session;
	bool more = true;

	if (!t->share)
		unshare(CLONE_FS);
	pthread_mutex_lock(&s->lock);
	t->tid = syscall(SYS_gettid);
	while (more) {
		struct job *job;

		while (!t->first)
			pthread_cond_wait(&t->wake, &s->lock);
		job = dequeue(t);
		more = run_job(t, job);
		free(job);
	}
	task_free(t);
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

/* Only there to break off what a thread waits in. */
static void on_interrupt(int sig)
{
	(void)sig;
}

void tasks_start(struct session *s)
{
	struct sigaction sa = { .sa_handler = on_interrupt };
	struct task *t;

	sigaction(SIGUSR1, &sa, NULL);
	session = s;
	pthread_mutex_lock(&s->lock);
	t = task_new(0, false);
	if (!t || start_thread(t))
		_exit(EXIT_FAILURE);
	pthread_mutex_unlock(&s->lock);
}

static struct job *job_new(enum job_kind kind, size_t size)
{
	struct job *job = malloc(sizeof(*job) + size);

	if (job) {
		job->kind = kind;
		job->interrupted = false;
		job->size = size;
	}
	return job;
}

int tasks_call(const uint8_t *data, size_t size)
{
	struct job *job = job_new(JOB_CALL, size);
	struct task *t;

	if (!job)
		return -1;
	memcpy(job->data, data, size);
	t = request_parse(job->data, size, &job->request) ? NULL : find(job->request.task);
	if (!t || queued + size > QUEUE_MOST) {
		free(job);
		return -1;
	}
	enqueue(t, job);
	return 0;
}

int tasks_new(uint32_t parent, uint32_t id, bool share)
{
	struct task *p = find(parent);
	struct job *job = p ? job_new(JOB_SPAWN, 0) : NULL;

	if (!job)
		return -1;
	job->child = task_new(id, share);
	if (!job->child) {
		free(job);
		return -1;
	}
	enqueue(p, job);
	return 0;
}

int tasks_end(uint32_t id)
{
	struct task *t = find(id);
	struct job *job = t ? job_new(JOB_END, 0) : NULL;

	if (!job)
		return -1;
	enqueue(t, job);
	return 0;
}

static void interrupt(struct job *job, uint32_t call)
{
	if (job && job->kind == JOB_CALL && job->request.id == call)
		job->interrupted = true;
}

void tasks_interrupt(uint32_t call)
{
	for (struct task *t = tasks; t; t = t->next) {
		interrupt(t->current, call);
		for (struct job *job = t->first; job; job = job->next)
			interrupt(job, call);
	}
	tasks_remind();
}

/*
 * A signal that comes just before the thread enters the kernel is lost on it, so it is sent again
 * until the call has come back.
 */
bool tasks_remind(void)
{
	bool any = false;

	for (struct task *t = tasks; t; t = t->next) {
		for (struct job *job = t->first; job; job = job->next)
			any |= job->interrupted;
		if (!t->current || !t->current->interrupted)
			continue;
		any = true;
		syscall(SYS_tgkill, getpid(), t->tid, SIGUSR1);
	}
	return any;
}
