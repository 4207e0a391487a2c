// SPDX-License-Identifier: GPL-2.0
/*
 * The server of remote system calls: listens, and gives each client a process, which is this
 * program once more. It is started by init, or by hand on any Linux host.
 */
#include "listen.h"
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	ADDRESSES_MOST = 8,
	SESSIONS_MOST = 256,
	/*
	 * Sessions that have not shown that they have the key; more wait to be accepted. So few
	 * that each is through in time, however slow the machine.
	 */
	STRANGERS_MOST = 8,
	EXIT_USAGE = 64,
	/* Descriptors of a session. */
	SESSION_FD = 3,
	SESSION_KEY = 4,
	SESSION_STATUS = 5,
	CONSOLE_RETRY_MS = 1000,
};

struct door {
	const char *text;
	struct address address;
	int fd;
	/* The process that waits on a console, or has its client. */
	pid_t pid;
};

static struct door doors[ADDRESSES_MOST];
static int ndoors, nsessions;
static struct policy policy;
static struct key key;
static bool read_only;
static const char *allowed, *console, *own_path;
static int session_fd = -1, status_fd = -1, ready_fd = -1;
/* Of each stranger: a pipe that it closes when it is none any more, one way or the other. */
static int strangers[STRANGERS_MOST], nstrangers;

extern char **environ;

static _Noreturn void usage(FILE *to, int status)
{
	fputs("usage: sysproxyd [options] ADDRESS...\n"
	      "  --key FILE    the key that clients must have; tcp needs one\n"
	      "  --key-fd N    the same, from a descriptor\n"
	      "  --read-only   clients may look, but change nothing\n"
	      "  --allow LIST  the only system calls that are accepted, with commas between them\n"
	      "  --ready-fd N  write a NUL byte there when all addresses are listened on\n"
	      "ADDRESS is tcp:PORT, tcp:ADDRESS:PORT, unix:PATH, vsock:PORT or console:PATH.\n",
	      to);
	exit(status);
}

static _Noreturn void fail(int status, const char *what, const char *why)
{
	fprintf(stderr, "sysproxyd: %s: %s\n", what, why);
	exit(status);
}

static void read_key(int fd, const char *name)
{
	unsigned char data[KEY_MOST + 1];
	ssize_t n;

	if (fd < 0)
		fail(EXIT_FAILURE, name, strerror(errno));
	while ((n = read(fd, data + key.size, sizeof(data) - key.size)) > 0)
		key.size += n;
	close(fd);
	if (key.size < KEY_LEAST || key.size > KEY_MOST)
		fail(EXIT_USAGE, name, "a key has 16 to 256 bytes");
	memcpy(key.data, data, key.size);
}

static void add_door(const char *text)
{
	const char *wrong;
	struct door *d = &doors[ndoors];

	if (ndoors == ADDRESSES_MOST)
		fail(EXIT_USAGE, text, "more than 8 addresses");
	wrong = address_parse(text, true, &d->address);
	if (wrong)
		fail(EXIT_USAGE, text, wrong);
	if (d->address.transport == TRANSPORT_TCP && !key.size)
		fail(EXIT_USAGE, text, "tcp needs a key");
	d->text = text;
	d->fd = -1;
	ndoors++;
}

static void parse(int argc, char **argv)
{
	static const struct option options[] = {
		{ "key", required_argument, NULL, 'k' },
		{ "key-fd", required_argument, NULL, 'K' },
		{ "read-only", no_argument, NULL, 'r' },
		{ "allow", required_argument, NULL, 'a' },
		{ "ready-fd", required_argument, NULL, 'R' },
		{ "session", required_argument, NULL, 's' },
		{ "status", required_argument, NULL, 'S' },
		{ "console", required_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const char *unknown;
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (c == 'k')
			read_key(open(optarg, O_RDONLY | O_CLOEXEC), optarg);
		else if (c == 'K')
			read_key(atoi(optarg), "--key-fd");
		else if (c == 'r')
			read_only = true;
		else if (c == 'a')
			allowed = optarg;
		else if (c == 'R')
			ready_fd = atoi(optarg);
		else if (c == 's')
			session_fd = atoi(optarg);
		else if (c == 'S')
			status_fd = atoi(optarg);
		else if (c == 'c')
			console = optarg;
		else
			usage(c == 'h' ? stdout : stderr, c == 'h' ? 0 : EXIT_USAGE);
	}
	policy.read_only = read_only;
	unknown = allowed ? policy_allow(&policy, allowed) : NULL;
	if (unknown)
		fail(EXIT_USAGE, unknown, "no such system call travels");
	for (int i = optind; i < argc; i++)
		add_door(argv[i]);
	if (!ndoors && session_fd < 0 && !console)
		usage(stderr, EXIT_USAGE);
}

/* The key goes by a pipe, which holds all of it: an argument or a file could be read by others. */
static int key_pipe(void)
{
	int ends[2];

	if (!key.size)
		return -1;
	if (pipe2(ends, O_CLOEXEC))
		return -1;
	if (write(ends[1], key.data, key.size) != (ssize_t)key.size) {
		close(ends[0]);
		ends[0] = -1;
	}
	close(ends[1]);
	return ends[0];
}

/*
 * glibc copies and clears what is larger than 2 KB by "rep movsb" and "rep stosb", which go byte by
 * byte where the processor is emulated, and gain little where it is not: sessions use vectors.
 */
static void set_copying(void)
{
	setenv("GLIBC_TUNABLES",
	       "glibc.cpu.x86_rep_movsb_threshold=16777216:"
	       "glibc.cpu.x86_rep_stosb_threshold=16777216",
	       1);
}

static pid_t spawn(int fd, int status, const char *console_path)
{
	const char *argv[12] = { "sysproxyd" };
	posix_spawn_file_actions_t actions;
	int n = 1, key_fd = key_pipe(), error;
	pid_t pid;

	if (key.size && key_fd < 0)
		return -1;
	posix_spawn_file_actions_init(&actions);
	if (fd >= 0) {
		posix_spawn_file_actions_adddup2(&actions, fd, SESSION_FD);
		posix_spawn_file_actions_adddup2(&actions, status, SESSION_STATUS);
		argv[n++] = "--session=3";
		argv[n++] = "--status=5";
	} else {
		argv[n++] = "--console";
		argv[n++] = console_path;
	}
	if (key_fd >= 0) {
		posix_spawn_file_actions_adddup2(&actions, key_fd, SESSION_KEY);
		argv[n++] = "--key-fd=4";
	}
	if (read_only)
		argv[n++] = "--read-only";
	if (allowed) {
		argv[n++] = "--allow";
		argv[n++] = allowed;
	}
	error = posix_spawn(&pid, own_path, &actions, NULL, (char **)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (key_fd >= 0)
		close(key_fd);
	return error ? -1 : pid;
}

static void accept_client(struct door *d)
{
	int fd = accept4(d->fd, NULL, NULL, SOCK_CLOEXEC), ends[2];

	if (fd < 0)
		return;
	if (nsessions < SESSIONS_MOST && !pipe2(ends, O_CLOEXEC)) {
		if (spawn(fd, ends[1], NULL) > 0) {
			nsessions++;
			strangers[nstrangers++] = ends[0];
		} else {
			close(ends[0]);
		}
		close(ends[1]);
	}
	close(fd);
}

static void forget_stranger(int fd)
{
	for (int i = 0; i < nstrangers; i++) {
		if (strangers[i] != fd)
			continue;
		strangers[i] = strangers[--nstrangers];
		close(fd);
		return;
	}
}

static void reap(void)
{
	pid_t pid;

	while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {
		bool is_console = false;

		for (int i = 0; i < ndoors; i++) {
			if (doors[i].pid == pid) {
				doors[i].pid = 0;
				is_console = true;
			}
		}
		nsessions -= !is_console;
	}
}

static void on_child(int sig)
{
	(void)sig;
}

/* A console's client has gone, or there is no device: wait for the next one, not too eagerly. */
static bool serve_consoles(void)
{
	bool waiting = false;

	for (int i = 0; i < ndoors; i++) {
		struct door *d = &doors[i];

		if (d->address.transport != TRANSPORT_CONSOLE || d->pid > 0)
			continue;
		d->pid = spawn(-1, -1, d->address.path);
		waiting |= d->pid <= 0;
	}
	return waiting;
}

/* The doors, which are shut while there are too many strangers, and the strangers. */
static int list_events(struct pollfd *pfd)
{
	for (int i = 0; i < ndoors; i++) {
		bool open = nstrangers < STRANGERS_MOST;

		pfd[i] = (struct pollfd){ .fd = open ? doors[i].fd : -1, .events = POLLIN };
	}
	for (int i = 0; i < nstrangers; i++)
		pfd[ndoors + i] = (struct pollfd){ .fd = strangers[i] };
	return ndoors + nstrangers;
}

static void take_events(const struct pollfd *pfd, int n)
{
	for (int i = ndoors; i < n; i++) {
		if (pfd[i].revents)
			forget_stranger(pfd[i].fd);
	}
	for (int i = 0; i < ndoors; i++) {
		if (pfd[i].revents && nstrangers < STRANGERS_MOST)
			accept_client(&doors[i]);
	}
}

static _Noreturn void serve(void)
{
	const struct timespec retry = { .tv_sec = CONSOLE_RETRY_MS / 1000 };
	struct pollfd pfd[ADDRESSES_MOST + STRANGERS_MOST];
	sigset_t child, usual;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, &usual);
	for (;;) {
		bool waiting = serve_consoles();
		int n = list_events(pfd);

		if (ppoll(pfd, n, waiting ? &retry : NULL, &usual) > 0)
			take_events(pfd, n);
		reap();
	}
}

static void listen_all(void)
{
	for (int i = 0; i < ndoors; i++) {
		if (doors[i].address.transport == TRANSPORT_CONSOLE)
			continue;
		doors[i].fd = listen_on(&doors[i].address);
		if (doors[i].fd < 0)
			fail(EXIT_FAILURE, doors[i].text, strerror(errno));
		fcntl(doors[i].fd, F_SETFL, O_NONBLOCK);
	}
}

/* Those that a session begins with stay taken, so that nothing else of ours has their numbers. */
static void fill_descriptors(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	} while (fd >= 0 && fd <= SESSION_STATUS);
	close(fd);
}

/* Whoever waits for a descriptor to say so need not read its errors any more, either. */
static void tell_ready(void)
{
	int null;

	if (ready_fd < 0 || write(ready_fd, "", 1) != 1)
		return;
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	dup2(null, ready_fd);
	close(null);
}

int main(int argc, char **argv)
{
	struct sigaction sa = { .sa_handler = on_child };

	fill_descriptors();
	prctl(PR_SET_NAME, "sysproxyd");
	own_path = access("/proc/self/exe", X_OK) ? argv[0] : "/proc/self/exe";
	parse(argc, argv);
	if (console)
		session_fd = console_client(console);
	if (console && session_fd < 0)
		fail(EXIT_FAILURE, console, "no such device");
	if (session_fd >= 0)
		session_run(session_fd, status_fd, key.size ? &key : NULL, &policy);
	sigaction(SIGCHLD, &sa, NULL);
	signal(SIGPIPE, SIG_IGN);
	set_copying();
	listen_all();
	tell_ready();
	serve();
}
