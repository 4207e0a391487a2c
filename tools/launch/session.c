// SPDX-License-Identifier: GPL-2.0
/* The loop from QEMU's start to its end. */
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "document.h"
#include "server.h"
#include "session.h"
#include "symbols.h"

/* Beyond the guest's own time of grace, for its file systems. */
enum { STOP_PATIENCE_MS = 5000, SAME_STOP_MS = 500 };
enum {
	P_SIGNALS = CHAN_COUNT,
	P_INPUT,
	P_OUT,
	P_ERR,
	P_GUEST,
	P_TYPED,
	P_SERVER,
	P_CALLER,
	P_COUNT
};

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void session_kill(struct session *s)
{
	if (s->ended)
		return;
	s->killed = true;
	kill(s->guest->qemu, SIGKILL);
}

void session_stop(struct session *s)
{
	long grace = document_number(s->guest->doc, "grace", 10) * 1000;
	char byte = 's';

	/* timeout(1) signals us twice, once as its child and once as one of its group. */
	if (s->stopped_at && now_ms() - s->stopped_at < SAME_STOP_MS)
		return;
	if (s->stopped_at) {
		session_kill(s);
		return;
	}
	s->stopped_at = now_ms();
	s->kill_at = now_ms() + grace + STOP_PATIENCE_MS;
	frame_put(&s->to_guest, 't', "", 0);
	/* Any byte here is Ctrl-Alt-Del, for a guest that does not read frames. */
	if (write(s->guest->fd[CHAN_CONTROL], &byte, 1) < 0)
		s->kill_at = now_ms() + grace;
}

void session_hear_caller(struct session *s)
{
	char word;

	s->abandoned = read(s->caller, &word, 1) != 1;
	close(s->caller);
	s->caller = -1;
	if (s->abandoned && !s->ended)
		session_stop(s);
}

void session_signals(struct session *s)
{
	static const int handled[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD, SIGWINCH };
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(handled) / sizeof(handled[0]); i++)
		sigaddset(&set, handled[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	s->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (s->signals < 0)
		quit(STATUS_SYSTEM, "cannot wait for signals");
}

static void take_signal(struct session *s)
{
	struct signalfd_siginfo info;
	int status;

	if (read(s->signals, &info, sizeof(info)) != sizeof(info))
		return;
	switch (info.ssi_signo) {
	case SIGCHLD:
		if (waitpid(s->guest->qemu, &status, WNOHANG) == s->guest->qemu) {
			s->ended = true;
			s->qemu_status = status;
		}
		break;
	case SIGWINCH:
		if (s->guest->terminal && s->started)
			input_window_size(s);
		break;
	default:
		session_stop(s);
	}
}

static bool wants_input(const struct session *s)
{
	if (!s->input_open || s->ended || s->to_guest.size || s->typed.size)
		return false;
	return s->guest->terminal || (s->started && s->credit > 0);
}

static void watch(struct pollfd *pfd, bool wanted, int fd, short events)
{
	pfd->fd = wanted ? fd : -1;
	pfd->events = events;
	pfd->revents = 0;
}

static void fill(const struct session *s, struct pollfd *p)
{
	bool room = s->out.size < SINK_FULL && s->err.size < SINK_FULL;

	/* While our reader is slow, the guest waits. */
	for (int i = 0; i < CHAN_COUNT; i++)
		watch(&p[i], room || i == CHAN_CONTROL, s->guest->fd[i], POLLIN);
	watch(&p[P_SIGNALS], true, s->signals, POLLIN);
	watch(&p[P_INPUT], wants_input(s), 0, POLLIN);
	watch(&p[P_OUT], s->out.size, s->out.fd, POLLOUT);
	watch(&p[P_ERR], s->err.size, s->err.fd, POLLOUT);
	watch(&p[P_GUEST], s->to_guest.size && !s->to_guest.broken, s->to_guest.fd, POLLOUT);
	watch(&p[P_TYPED], s->typed.size && !s->typed.broken, s->typed.fd, POLLOUT);
	watch(&p[P_SERVER], s->server, s->server ? server_fd(s->server) : -1, POLLIN);
	watch(&p[P_CALLER], s->caller >= 0, s->caller, POLLIN);
}

static void serve(struct session *s, const struct pollfd *p)
{
	for (int i = 0; i < CHAN_COUNT; i++) {
		if (p[i].revents)
			channel_read(s, i);
	}
	if (p[P_INPUT].revents)
		input_read(s);
	if (p[P_OUT].revents)
		sink_flush(&s->out);
	if (p[P_ERR].revents)
		sink_flush(&s->err);
	if (p[P_GUEST].revents && !s->to_guest.broken)
		sink_flush(&s->to_guest);
	if (p[P_TYPED].revents && !s->typed.broken)
		sink_flush(&s->typed);
	if (p[P_SERVER].revents)
		server_accept(s->server, s);
	if (p[P_SIGNALS].revents)
		take_signal(s);
	if (p[P_CALLER].revents)
		session_hear_caller(s);
	broken_outputs(s);
}

/* QEMU is gone, and all that it left has reached our readers. */
static bool finished(const struct session *s)
{
	if (!s->ended || s->out.size || s->err.size)
		return false;
	for (int i = 0; i < CHAN_COUNT; i++) {
		if (s->guest->fd[i] >= 0)
			return false;
	}
	return true;
}

static int patience(struct session *s)
{
	long left;

	/* Set by one who did not know the time. */
	if (s->kill_at < 0)
		s->kill_at = now_ms() - s->kill_at;
	if (!s->kill_at || s->ended)
		return -1;
	left = s->kill_at - now_ms();
	if (left <= 0) {
		session_kill(s);
		return 1000;
	}
	return left;
}

int session_run(struct session *s)
{
	struct pollfd p[P_COUNT];

	s->out.fd = 1;
	s->err.fd = 2;
	s->klog.symbols = symbols_open(s->guest->image->path);
	s->credit = FRAME_WINDOW;
	s->input_open = true;
	s->typed.fd = s->guest->terminal ? s->guest->fd[CHAN_CONSOLE] : -1;
	s->to_guest.fd = s->guest->port	      ? s->guest->fd[CHAN_FRAMES]
			 : s->guest->terminal ? -1
					      : s->guest->fd[CHAN_CONSOLE];
	s->typed.broken = s->typed.fd < 0;
	s->to_guest.broken = s->to_guest.fd < 0;
	if (s->guest->terminal)
		terminal_raw();
	while (!finished(s)) {
		fill(s, p);
		if (poll(p, P_COUNT, patience(s)) > 0)
			serve(s, p);
	}
	if (s->guest->terminal)
		terminal_restore();
	return session_outcome(s);
}
