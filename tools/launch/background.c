// SPDX-License-Identifier: GPL-2.0
/*
 * Guests in the background. The supervisor is a child in a session of its own;
 * it tells its parent that the program runs, is told that the cookie has been
 * printed, and is on its own from there on. Without the first word the parent
 * has nothing but an exit status, without the second nobody could ever stop
 * the guest: then it ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "background.h"
#include "document.h"
#include "server.h"
#include "session.h"
#include "state.h"
#include "tap.h"

static char *cookie;

/* Named after the host, or else after the image without its ending. */
static char *guest_name(const struct guest *guest)
{
	const char *host = document_string(guest->doc, "hostname", NULL);
	char *path, *name;

	if (host)
		return xasprintf("%s", host);
	path = xasprintf("%s", guest->image->path);
	name = xasprintf("%s", basename(path));
	free(path);
	if (strrchr(name, '.') && strrchr(name, '.') != name)
		*strrchr(name, '.') = '\0';
	return name;
}

static json_t *describe(const struct guest *guest)
{
	char *image = realpath(guest->image->path, NULL), *log = state_path(cookie, "log");
	json_t *info = json_pack("{ss, ss, ss, ss, ss, si, si, sI}", "cookie", cookie, "state",
				 "running", "image", image ?: guest->image->path, "platform",
				 guest_platform(guest), "log", log, "pid", (int)getpid(),
				 "qemu_pid", (int)guest->qemu, "since", (json_int_t)time(NULL));

	free(image);
	free(log);
	return info;
}

/* From here on nothing can be said on the terminal: the log takes it all. */
static void redirect(const char *log)
{
	int fd = open(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || null < 0)
		quit(STATUS_SYSTEM, "%s: %s", log, strerror(errno));
	dup2(null, 0);
	dup2(fd, 1);
	dup2(fd, 2);
	close(fd);
	close(null);
	if (chdir("/"))
		quit(STATUS_SYSTEM, "/: %s", strerror(errno));
}

static void announce(struct session *session)
{
	if (!session->announced && write(session->caller, "s", 1) == 1)
		session->announced = true;
}

/* A start that failed is told by our parent, who shows the log and removes it. */
static void keep_outcome(struct session *session, json_t *info, int status)
{
	char *path = state_path(cookie, "socket");
	bool told;

	if (session->announced && session->caller >= 0)
		session_hear_caller(session);
	told = session->announced && !session->abandoned;
	unlink(path);
	free(path);
	json_object_set_new(info, "state", json_string("ended"));
	json_object_set_new(info, "exit", json_integer(status));
	if (session->abandoned || (told && session->guest->opt->destroy))
		state_remove(cookie);
	else
		state_write(cookie, info);
}

__attribute__((noreturn)) static void supervise(struct guest *guest, int caller)
{
	struct session session = { .guest = guest, .started_hook = announce, .caller = caller };
	char *log = state_path(cookie, "log");
	json_t *info;
	int status;

	/* What else the caller has open is none of the guest's business. */
	close_all_but(caller, caller);
	setsid();
	signal(SIGPIPE, SIG_IGN);
	session_signals(&session);
	session.server = server_open(cookie);
	guest_start(guest);
	info = describe(guest);
	if (state_write(cookie, info))
		quit(STATUS_SYSTEM, "%s: cannot be written", state_base());
	redirect(log);
	if (guest->opt->paused)
		announce(&session);
	status = session_run(&session);
	/* Who waits for the end may count on all of it being gone. */
	taps_remove();
	keep_outcome(&session, info, status);
	server_answer(session.server, status);
	exit(status);
}

static void show_log(void)
{
	char *path = state_path(cookie, "log"), buf[4096];
	FILE *log = fopen(path, "r");
	size_t n;

	while (log && (n = fread(buf, 1, sizeof(buf), log)) > 0)
		fwrite(buf, 1, n, stderr);
	if (log)
		fclose(log);
	free(path);
}

/* Return whether it has reached whoever asked. */
static bool report_start(void)
{
	json_t *info = state_read(cookie);

	if (report_json && info) {
		json_dumpf(info, stdout, JSON_COMPACT);
		putchar('\n');
	} else {
		puts(cookie);
		if (isatty(2))
			say("the guest's output is in %s/%s/log; stop it with: rumpstop %s",
			    state_base(), cookie, cookie);
	}
	return !fflush(stdout) && !ferror(stdout);
}

int background_run(struct guest *guest)
{
	int fds[2], status = 0;
	char *name = guest_name(guest), word = 0;
	pid_t pid;

	cookie = state_make(name);
	free(name);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds))
		quit(STATUS_SYSTEM, "cannot make a channel: %s", strerror(errno));
	pid = fork();
	if (!pid) {
		close(fds[0]);
		supervise(guest, fds[1]);
	}
	close(fds[1]);
	if (pid > 0 && read(fds[0], &word, 1) == 1) {
		signal(SIGPIPE, SIG_IGN);
		if (!report_start() || write(fds[0], "k", 1) != 1)
			quit(STATUS_SYSTEM,
			     "the cookie could not be printed: the guest is stopped");
		return 0;
	}
	if (pid > 0)
		waitpid(pid, &status, 0);
	show_log();
	state_remove(cookie);
	return WIFEXITED(status) ? WEXITSTATUS(status) : STATUS_SYSTEM;
}
