/* SPDX-License-Identifier: GPL-2.0 */
/*
 * rumpctrl: runs a program of the host, and has a unikernel execute its system calls. The program
 * and its descendants are traced (ptrace); a seccomp filter stops them at the calls that may have
 * to travel, and lets those that never do run at full speed.
 */
#ifndef RUMPRUN_CTRL_H
#define RUMPRUN_CTRL_H

#include "encode.h"
#include "fds.h"
#include "link.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/types.h>
#include <sys/user.h>

enum {
	/* How long a thread stays stopped for a reply; then it sleeps where signals reach it. */
	GRACE_MS = 3,
	SIGNALS_HELD = 8,
	POLLS_MOST = 1024,
	/* Our own exit statuses; others are the program's. */
	EXIT_USAGE = 64,
	EXIT_KEY = 66,
	EXIT_LOST = 69,
	EXIT_SYSTEM = 71,
};

/* What -514 and -512 mean to the kernel when a signal comes: <linux/errno.h> is not for us. */
enum { ERESTARTSYS = 512, ERESTARTNOHAND = 514 };

struct process {
	int refs;
	pid_t pid;
	struct fds *fds;
	bool remote_folder; /* where relative paths lead */
	bool host;	    /* a shell, whose own calls are local */
	char *script;	    /* what it interprets */
	/* Where its dynamic linker lies, once it was looked up. */
	bool linker_known;
	uint64_t linker_start, linker_end;
};

enum state {
	RUNNING,
	WAITING,   /* stopped at the entry of a call that was sent */
	PARKED,	   /* sleeps in the kernel while the call is under way */
	BREAKING,  /* was woken by a signal; the reply to the interrupted call is awaited */
	INJECTING, /* in a call of ours: see inject.c */
	FOLLOWING, /* in a local call whose result matters */
};

/* A poll, select or epoll_wait with remote descriptors in it: see ready.c. */
struct ready {
	struct pollfd polls[POLLS_MOST];
	/* Of each: its place in the caller's array, or its local descriptor in select. */
	int place[POLLS_MOST];
	int count;
	bool others; /* local descriptors are in it, too */
	struct epoll_event events[POLLS_MOST];
};

struct thread {
	struct thread *next;
	pid_t tid;
	uint32_t task;
	struct process *process;
	enum state state;
	bool early;		      /* stopped before its parent's event has told of it */
	struct user_regs_struct regs; /* as they were when the call was entered */

	/* The call under way. */
	uint32_t id;
	const struct call *call;
	uint64_t args[CALL_ARGS];
	const struct memory *memory;
	long deadline;
	bool replied;
	struct buffer reply;
	/* What is to be done with its result; a call may be followed by another. */
	void (*done)(struct thread *t, int64_t result);
	/* In FOLLOWING: the same for a local call. */
	void (*follow)(struct thread *t, int64_t result);
	int64_t value; /* what done and follow want to remember */
	struct ready *ready;
	int64_t native; /* the local result of a readiness call */
	/* In INJECTING: what to do with the result, and signals that have to wait for that. */
	void (*injected)(struct thread *t, int64_t result);
	struct file *placing;	 /* the remote descriptor that is being placed */
	struct mapping *mapping; /* the mmap that is being made */
	struct file *draining;	 /* the socket whose packets are taken in before a poll */
	void (*then)(struct thread *t);
	int held[SIGNALS_HELD];
	int nheld;
};

struct options {
	const char *prefix; /* --path */
	const char **local; /* --local, ended by NULL */
	enum { SOCKET_ALL, SOCKET_INET, SOCKET_NONE } socket;
};

extern struct options options;
extern struct link server;

/* main.c */
_Noreturn void fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* filter.c */
int filter_install(void);

/* threads.c */
struct thread *thread_find(pid_t tid);
struct thread *thread_first(void);
struct thread *thread_add(pid_t tid);
void thread_remove(struct thread *t);
void thread_begin(struct thread *parent, struct thread *child, uint64_t clone_flags);
void thread_executed(struct thread *t);
bool process_is_ours(pid_t pid);

/* trace.c */
int trace(pid_t pid, bool host);
void resume(struct thread *t, int how, int signal);
void set_regs(struct thread *t, const struct user_regs_struct *regs);
void get_regs(struct thread *t, struct user_regs_struct *regs);

/* memory.c: of the thread's process; the paths' prefix is taken off in thread_paths. */
void thread_memory(struct thread *t);
int peek(struct thread *t, uint64_t from, void *to, size_t size);
int poke(struct thread *t, uint64_t to, const void *from, size_t size);
long peek_string(struct thread *t, uint64_t from, char *to, size_t size);

/* enter.c */
void call_entered(struct thread *t);
/* Let it happen here, with or without looking at the result. */
void run_local(struct thread *t);
void run_followed(struct thread *t, void (*follow)(struct thread *t, int64_t result));
/* Do not let it happen; at the entry only. */
void give_result(struct thread *t, int64_t result);

/* remote.c */
void send_call(struct thread *t, const struct call *call, const uint64_t args[CALL_ARGS],
	       void (*done)(struct thread *t, int64_t result));
/* A call without a reply; its pointers lead into our own memory. */
void send_silent(struct thread *t, long number, uint64_t first, uint64_t second);
/* For fds.h: the last descriptor of a file is gone. */
void close_remote(int fd, void *thread);
void send_task(uint32_t parent, uint32_t task, bool share);
void send_end(uint32_t task);
void send_interrupt(uint32_t call);
void take_frame(const struct frame *f);
/* Its thread is gone; break it off. */
void call_orphaned(struct thread *t);
/* Put threads to sleep whose time is up; the ms until the next, or -1. */
int park_late(void);
void parked_out(struct thread *t, int64_t result);
/* The end of a remote call, wherever the thread is stopped. */
void finish_call(struct thread *t, int64_t result);

/* inject.c: instead of the thread's own call, or behind it. */
void inject(struct thread *t, long number, const uint64_t args[CALL_ARGS],
	    void (*then)(struct thread *t, int64_t result));
/* The end of that: go on with this result of the thread's own call. */
void leave(struct thread *t, int64_t result);

/* mapping.c */
bool enter_mmap(struct thread *t);

/* special.c: true if the call was one of those that need more than the table says. */
bool special_entered(struct thread *t);

/* ready.c */
bool ready_entered(struct thread *t);
void ready_replied(struct thread *t);
void ready_out(struct thread *t, int64_t result);

/* where.c */
enum side { LOCAL, REMOTE };
enum side where_is(struct thread *t, int dir, const char *path);
bool is_host_program(const char *path);
enum side host_side(const struct call *call, const char *path);
const char *path_inside(const char *path);

#endif
