/* SPDX-License-Identifier: GPL-2.0 */
/* The time from QEMU's start to its end: relaying, stopping, and what came of it. */
#ifndef RUMPRUN_SESSION_H
#define RUMPRUN_SESSION_H

#include "guest.h"
#include "klog.h"
#include "relay.h"

struct server;

struct session {
	struct guest *guest;
	/* Called once, when the program runs. */
	void (*started_hook)(struct session *session);
	/* Of a guest in the background: where rumpstop calls. */
	struct server *server;
	/* The one who waits for the program's start, and passes on the cookie; -1: nobody. */
	int caller;
	/* That one has been told; or has gone, and the cookie is known to nobody. */
	bool announced, abandoned;

	struct sink out, err;
	/* Frames to init; what is typed at the console, when that is the program's terminal. */
	struct sink to_guest, typed;
	struct frames frames;
	struct klog klog;
	char qemu_text[4096];
	size_t qemu_text_size;
	char line[64];
	size_t line_size;
	bool input_open;
	int credit;

	bool widened, started, panicked, killed, stuck, ended, status_known;
	int status, qemu_status;
	/* Times in ms of the monotonic clock, 0 for never: of the stop, and when QEMU is killed. */
	long stopped_at, kill_at;
	int signals;
};

/* Block the signals that a session handles, so that none gets lost before it begins. */
void session_signals(struct session *session);
/* Return the exit status. */
int session_run(struct session *session);
/* Ask the guest to stop; at the second time, or when the guest takes too long, end it. */
void session_stop(struct session *session);
void session_kill(struct session *session);
/* A byte says that the caller has passed on the cookie; an end instead of it stops the guest. */
void session_hear_caller(struct session *session);

/* channels.c: what comes from the guest and goes to it. */
void channel_read(struct session *session, enum channel channel);
void input_read(struct session *session);
void input_window_size(struct session *session);
void broken_outputs(struct session *session);

/* outcome.c: the exit status, and the report of a crash. */
int session_outcome(struct session *session);

/* terminal.c */
void terminal_raw(void);
void terminal_restore(void);

#endif
