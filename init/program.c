// SPDX-License-Identifier: GPL-2.0
/* The programs: started together, each with its own folder, environment and user. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "init.h"

/* Its status is the machine's: the first program, or the end of the pipe that it begins. */
static struct program *main_program;
static int main_ended, main_status;
static pid_t group;

static int same_name(const char *a, const char *b)
{
	size_t n = strcspn(a, "=");

	return !strncmp(a, b, n + 1);
}

/* The common environment with the program's own laid over it. */
static char **environment(const struct program *p)
{
	size_t n = 0, own = 0;
	const char **env;

	while (p->env[own])
		own++;
	env = grab((conf.nenv + own + 1) * sizeof(*env));
	for (int i = 0; i < conf.nenv; i++) {
		size_t k = 0;

		while (k < own && !same_name(conf.env[i], p->env[k]))
			k++;
		if (k == own)
			env[n++] = conf.env[i];
	}
	memcpy(env + n, p->env, (own + 1) * sizeof(*env));
	return (char **)env;
}

static int become(const struct program *p)
{
	gid_t gid = p->gid;

	if (!p->uid && !p->gid)
		return 0;
	return setgroups(1, &gid) || setgid(p->gid) || setuid(p->uid);
}

/* What failed but the program itself, if it was that: " in /folder", " as user 5". */
static const char *volatile obstacle;

static int fail_at(const char *what, const char *which)
{
	int error = errno;

	obstacle = join(what, which, NULL);
	return error;
}

/*
 * Whether a program that has just been started goes before us: SCHED_BATCH does not run as soon as
 * it is woken (man 7 sched). musl has no such call.
 */
static void programs_first(int yes)
{
	struct sched_param none = { 0 };

	syscall(SYS_sched_setscheduler, 0, yes ? SCHED_BATCH : SCHED_OTHER, &none);
}

/* Runs in the child, on the parent's memory: returns only when it failed. */
static int enter_program(const struct program *p, const int fds[3], char **env)
{
	const char *cwd = p->cwd ? p->cwd : conf.cwd;

	programs_first(0);
	for (int i = 0; i < 3; i++) {
		if (fds[i] != i && dup2(fds[i], i) < 0)
			return errno;
	}
	if (conf.io == IO_TTY) {
		setpgid(0, group);
		if (!group)
			tcsetpgrp(0, getpid());
	}
	if (chdir(cwd))
		return fail_at(" in ", cwd);
	if (become(p))
		return fail_at(" as user ", decimal(p->uid));
	signals_default();
	execve(p->path, (char **)p->args, env);
	return errno;
}

/*
 * What there is to do behind the last of several waits until that one runs: the way from its exec
 * to us and back would be a third of its start.
 */
static void start(struct program *p, const int fds[3])
{
	static volatile int failure;
	char **env = environment(p);
	pid_t pid;

	failure = 0;
	programs_first(p + 1 == conf.programs + conf.nprograms);
	pid = vfork();
	if (!pid) {
		failure = enter_program(p, fds, env);
		_exit(STATUS_NOT_FOUND);
	}
	programs_first(0);
	if (pid < 0)
		fatal("cannot start ", p->path, ": ", error_name(errno), NULL);
	if (failure) {
		io_stderr(join("rumprun: cannot run ", p->path, obstacle ? obstacle : "", ": ",
			       error_name(failure), "\n", NULL));
		end_machine(failure == ENOENT && !obstacle ? STATUS_NOT_FOUND : STATUS_NOT_RUN);
	}
	p->pid = pid;
	if (!group)
		group = pid;
}

/* As Debian has it: servers that raise the soft limit may, whoever they run as. */
static void set_limits(void)
{
	struct rlimit files = { .rlim_cur = 1024, .rlim_max = 524288 };

	setrlimit(RLIMIT_NOFILE, &files);
}

static struct program *choose_main(void)
{
	struct program *p = conf.programs;

	while (p->pipe && p + 1 < conf.programs + conf.nprograms)
		p++;
	return p;
}

/* Descriptors below 3 belong to the programs: ours must not be mistaken for them. */
static int open_null(void)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (fd < 0)
		fatal("cannot open /dev/null: ", error_name(errno), NULL);
	return fd;
}

void programs_start(void)
{
	int given[3], fds[3], next[2] = { -1, -1 }, null = -1;

	if (!conf.nprograms)
		fatal("the configuration names no program", NULL);
	main_program = choose_main();
	set_limits();
	io_programs(given);
	for (int i = 0; i < conf.nprograms; i++) {
		struct program *p = &conf.programs[i];
		int piped_in = next[0];

		if (i && piped_in < 0 && null < 0)
			null = open_null();
		memcpy(fds, given, sizeof(fds));
		fds[0] = !i ? given[0] : piped_in >= 0 ? piped_in : null;
		next[0] = next[1] = -1;
		if (p->pipe && i + 1 < conf.nprograms) {
			if (pipe2(next, O_CLOEXEC))
				fatal("cannot make a pipe: ", error_name(errno), NULL);
			fds[1] = next[1];
		}
		start(p, fds);
		close(piped_in);
		close(next[1]);
	}
	close(null);
	io_started();
}

void programs_signal(int sig)
{
	for (int i = 0; i < conf.nprograms; i++) {
		if (conf.programs[i].pid > 0)
			kill(conf.programs[i].pid, sig);
	}
}

void programs_reaped(pid_t pid, int status)
{
	for (int i = 0; i < conf.nprograms; i++) {
		struct program *p = &conf.programs[i];

		if (p->pid != pid)
			continue;
		p->pid = 0;
		if (p != main_program)
			continue;
		main_ended = 1;
		main_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	}
}

int programs_alive(void)
{
	int alive = 0;

	for (int i = 0; i < conf.nprograms; i++)
		alive += conf.programs[i].pid > 0;
	return alive;
}

/* Return whether the machine's status is known. */
int programs_status(int *status)
{
	*status = main_status;
	return main_ended;
}
