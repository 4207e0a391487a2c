// SPDX-License-Identifier: GPL-2.0
/* What the traced threads stop for. */
#include "ctrl.h"

#include <errno.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SYSCALL_STOP = SIGTRAP | 0x80 };

static pid_t main_pid;
static int main_status;
static bool first_is_host;
static volatile sig_atomic_t forward;

/* A thread that was killed meanwhile is gone: its end is reported in its turn. */
void resume(struct thread *t, int how, int signal)
{
	if (how == PTRACE_CONT)
		t->state = RUNNING;
	ptrace(how, t->tid, 0, (long)signal);
}

void get_regs(struct thread *t, struct user_regs_struct *regs)
{
	if (ptrace(PTRACE_GETREGS, t->tid, 0, regs))
		memset(regs, 0, sizeof(*regs));
}

void set_regs(struct thread *t, const struct user_regs_struct *regs)
{
	ptrace(PTRACE_SETREGS, t->tid, 0, regs);
}

/* As it was before: in a call whose end matters, or not. */
static void go_on(struct thread *t, int signal)
{
	bool to_its_end = t->state == PARKED || t->state == INJECTING || t->state == FOLLOWING;

	ptrace(to_its_end ? PTRACE_SYSCALL : PTRACE_CONT, t->tid, 0, (long)signal);
}

static uint64_t clone_flags(struct thread *t)
{
	struct user_regs_struct regs;
	struct clone_args args = { 0 };

	get_regs(t, &regs);
	if (regs.orig_rax == SYS_clone)
		return regs.rdi;
	if (regs.orig_rax == SYS_clone3)
		peek(t, regs.rdi, &args, sizeof(args.flags));
	return args.flags;
}

static void on_clone(struct thread *t)
{
	unsigned long tid = 0;
	struct thread *child;
	bool early;

	ptrace(PTRACE_GETEVENTMSG, t->tid, 0, &tid);
	child = thread_find(tid);
	early = child != NULL;
	if (!child)
		child = thread_add(tid);
	thread_begin(t, child, clone_flags(t));
	child->early = false;
	if (early)
		resume(child, PTRACE_CONT, 0);
	go_on(t, 0);
}

/* Whichever thread it was that called exec, it has the process's number now. */
static void on_exec(struct thread *t)
{
	unsigned long former = 0;
	struct thread *old = t;

	ptrace(PTRACE_GETEVENTMSG, t->tid, 0, &former);
	if ((pid_t)former != t->tid && thread_find(former)) {
		t = thread_find(former);
		t->tid = old->tid;
		thread_remove(old);
	}
	thread_executed(t);
	if (t->tid == main_pid && first_is_host) {
		t->process->host = true;
		first_is_host = false;
	}
	resume(t, PTRACE_CONT, 0);
}

static bool stops(int signal)
{
	return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

/* When the program is stopped from its terminal, whoever waits for us has to see it. */
static void on_group_stop(struct thread *t)
{
	ptrace(PTRACE_LISTEN, t->tid, 0, 0);
	if (t->tid == main_pid)
		raise(SIGSTOP);
}

static void on_event(struct thread *t, int event, int signal)
{
	switch (event) {
	case PTRACE_EVENT_SECCOMP:
		if (t->state == INJECTING) {
			go_on(t, 0);
			break;
		}
		get_regs(t, &t->regs);
		call_entered(t);
		break;
	case PTRACE_EVENT_CLONE:
	case PTRACE_EVENT_FORK:
	case PTRACE_EVENT_VFORK:
		on_clone(t);
		break;
	case PTRACE_EVENT_EXEC:
		on_exec(t);
		break;
	case PTRACE_EVENT_STOP:
		if (stops(signal))
			on_group_stop(t);
		else
			go_on(t, 0);
		break;
	default:
		go_on(t, 0);
	}
}

static void on_syscall(struct thread *t)
{
	struct __ptrace_syscall_info info = { 0 };

	ptrace(PTRACE_GET_SYSCALL_INFO, t->tid, sizeof(info), &info);
	if (info.op != PTRACE_SYSCALL_INFO_EXIT) {
		go_on(t, 0);
		return;
	}
	switch (t->state) {
	case PARKED:
		parked_out(t, info.exit.rval);
		break;
	case INJECTING:
		t->injected(t, info.exit.rval);
		break;
	case FOLLOWING:
		t->state = RUNNING;
		t->follow(t, info.exit.rval);
		break;
	default:
		resume(t, PTRACE_CONT, 0);
	}
}

/* A handler must not run in the middle of our own call. */
static void on_signal(struct thread *t, int signal)
{
	if (t->state == INJECTING && t->nheld < SIGNALS_HELD) {
		t->held[t->nheld++] = signal;
		signal = 0;
	}
	go_on(t, signal);
}

static void on_stop(pid_t tid, int status)
{
	struct thread *t = thread_find(tid);
	int signal = WSTOPSIG(status), event = status >> 16;

	if (!t) {
		t = thread_add(tid);
		t->early = true;
		return;
	}
	if (event)
		on_event(t, event, signal);
	else if (signal == SYSCALL_STOP)
		on_syscall(t);
	else
		on_signal(t, signal);
}

static void on_end(pid_t tid, int status)
{
	struct thread *t = thread_find(tid);

	if (tid == main_pid)
		main_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	if (t)
		thread_remove(t);
}

static bool take_stops(void)
{
	int status;
	pid_t tid;

	while ((tid = waitpid(-1, &status, __WALL | WNOHANG)) > 0) {
		if (WIFSTOPPED(status))
			on_stop(tid, status);
		else
			on_end(tid, status);
	}
	return thread_first();
}

static void take_frames(void)
{
	struct frame f;
	int n;

	while ((n = link_next(&server, &f)) > 0)
		take_frame(&f);
	if (n < 0)
		fail(EXIT_LOST, "the server does not speak our protocol");
}

static void on_child(int signal)
{
	(void)signal;
}

static void on_forward(int signal)
{
	forward = signal;
}

/* The terminal's signals reach the program by themselves. */
static void set_signals(sigset_t *usual)
{
	struct sigaction child = { .sa_handler = on_child }, pass = { .sa_handler = on_forward };
	sigset_t blocked;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGCHLD);
	sigaddset(&blocked, SIGTERM);
	sigaddset(&blocked, SIGHUP);
	sigprocmask(SIG_BLOCK, &blocked, usual);
	sigaction(SIGCHLD, &child, NULL);
	sigaction(SIGTERM, &pass, NULL);
	sigaction(SIGHUP, &pass, NULL);
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGTSTP, SIG_IGN);
	signal(SIGTTIN, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
}

static void wait_for_more(const sigset_t *usual)
{
	struct pollfd pfd = { .fd = server.fd, .events = POLLIN };
	int ms = park_late();
	struct timespec ts = { ms / 1000, ms % 1000 * 1000000L };

	if (ppoll(&pfd, 1, ms < 0 ? NULL : &ts, usual) > 0 && link_fill(&server)) {
		take_frames();
		fail(EXIT_LOST, "the connection is lost");
	}
	if (forward)
		kill(main_pid, forward);
	forward = 0;
}

int trace(pid_t pid, bool host)
{
	sigset_t usual;

	main_pid = pid;
	first_is_host = host;
	set_signals(&usual);
	thread_begin(NULL, thread_add(pid), 0);
	while (take_stops()) {
		take_frames();
		wait_for_more(&usual);
	}
	return main_status;
}
