// SPDX-License-Identifier: GPL-2.0
#include "session.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum job_kind { JOB_CALL, JOB_SPAWN, JOB_END };

enum { STACK_SIZE = 128 << 10, KEEP_MOST = 256 << 10 };

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
	bool changed; /* its credentials are no longer those of the session */
	pid_t tid;
	pthread_cond_t wake;
	struct job *first, **last;
	/* The call in hand. */
	struct job *current;
	/* Its reply; kept from call to call, as fresh memory costs more than most calls do. */
	struct buffer out;
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
	buffer_free(&t->out);
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

static void refuse(struct task *t, const struct request *r, int error)
{
	struct buffer out = { 0 };

	if (r->flags & CALL_SILENT)
		return;
	request_refuse(r, error, &out);
	session_send(t->session, &out);
	buffer_free(&out);
}

static void run_call(struct task *t, const struct request *r)
{
	int error = r->error;

	t->out.size = 0;
	if (!error)
		error = policy_check(t->session->policy, r);
	if (error) {
		refuse(t, r, error);
		return;
	}
	request_run(r, &t->out);
	if (t->out.failed)
		refuse(t, r, ENOMEM);
	else if (!(r->flags & CALL_SILENT))
		session_send(t->session, &t->out);
	if (t->out.failed || t->out.room > KEEP_MOST)
		buffer_free(&t->out);
}

/* With the lock held, but for the time that the call takes. False when the task has ended. */
static bool run_job(struct task *t, struct job *job)
{
	switch (job->kind) {
	case JOB_CALL:
		t->current = job;
		pthread_mutex_unlock(&t->session->lock);
		run_call(t, &job->request);
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
	t = task_new(0, true);
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

/* A file of some size is read at once; what /proc makes up has none, and may take its time. */
static bool is_plain_file(int fd)
{
	struct stat st;

	return !fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size;
}

/*
 * The first task's calls that cannot wait are made by the thread that receives them, which has
 * the same folder, mask and, as long as the task keeps its own, the same credentials: two switches
 * of threads are a good part of what a short call costs.
 */
static bool is_at_once(const struct task *t, const struct request *r)
{
	if (t->id || t->first || t->current || t->changed || r->error)
		return false;
	if (r->nr == SYS_read || r->nr == SYS_pread64)
		return is_plain_file(r->args[0]);
	return !(r->call->flags & (CALL_WAIT | CALL_RIGHTS));
}

static int queue_call(struct task *t, const uint8_t *data, size_t size)
{
	struct job *job = queued + size > QUEUE_MOST ? NULL : job_new(JOB_CALL, size);

	if (!job)
		return -1;
	memcpy(job->data, data, size);
	request_parse(job->data, size, &job->request);
	enqueue(t, job);
	return 0;
}

int tasks_call(const uint8_t *data, size_t size)
{
	struct request r;
	struct task *t;

	if (request_parse(data, size, &r))
		return -1;
	t = find(r.task);
	if (!t)
		return -1;
	if (is_at_once(t, &r)) {
		run_call(t, &r);
		return 0;
	}
	if (r.call)
		t->changed |= r.call->flags & CALL_RIGHTS;
	return queue_call(t, data, size);
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
