// SPDX-License-Identifier: GPL-2.0
/* What comes from the guest's channels, and what goes into them. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "session.h"

/* The end of the machine follows its last word; if not, it is brought about. */
enum { END_PATIENCE_MS = 10000, ESCAPE = 0x1d };

/* As if SIGTERM had ended the program, which has not begun. */
#define STOPPED "143"

static void expect_end(struct session *s)
{
	if (!s->kill_at)
		s->kill_at = -END_PATIENCE_MS;
}

static void take_status(struct session *s, const char *text)
{
	if (!s->status_known)
		s->status = atoi(text) & 255;
	s->status_known = true;
	expect_end(s);
}

static void take_frame(void *user, char type, const unsigned char *data, size_t size)
{
	struct session *s = user;
	char number[16] = "";

	switch (type) {
	case 's':
		s->started = true;
		if (s->guest->terminal)
			input_window_size(s);
		if (s->started_hook)
			s->started_hook(s);
		break;
	case 'o':
		sink_put(&s->out, data, size);
		break;
	case 'e':
		sink_put(&s->err, data, size);
		break;
	case 'c':
		if (size == 2)
			s->credit += data[0] | data[1] << 8;
		break;
	case 'x':
		memcpy(number, data, size < sizeof(number) ? size : sizeof(number) - 1);
		take_status(s, number);
		frame_put(&s->to_guest, 'a', "", 0);
		break;
	}
}

/* The console, where it is not the program's own output, is where the guest complains. */
static void take_console(void *user, const void *data, size_t size)
{
	struct session *s = user;

	sink_put(s->guest->terminal ? &s->out : &s->err, data, size);
}

static void take_klog(struct session *s, const char *data, size_t size)
{
	klog_take(&s->klog, data, size, s->guest->opt->verbose ? &s->err : NULL);
}

static void take_line(struct session *s)
{
	if (!strncmp(s->line, "exit ", 5))
		take_status(s, s->line + 5);
	else if (!strcmp(s->line, "reset"))
		/* The program's wish, or the answer to a stop before there was a PID 1 to hear it.
		 */
		take_status(s, s->stopped_at ? STOPPED : "0");
	else if (!strcmp(s->line, "panic"))
		s->panicked = true;
	if (s->panicked)
		expect_end(s);
}

static void take_control(struct session *s, const char *data, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (data[i] == '\n') {
			s->line[s->line_size] = '\0';
			s->line_size = 0;
			take_line(s);
		} else if (s->line_size < sizeof(s->line) - 1) {
			s->line[s->line_size++] = data[i];
		}
	}
}

/* QEMU says so (accel/kvm/kvm-all.c), and then keeps the guest paused for ever. */
static bool kvm_gave_up(const char *text)
{
	return strstr(text, "KVM internal error") || strstr(text, "error: kvm run failed");
}

static void take_qemu(struct session *s, const char *data, size_t size)
{
	size_t room = sizeof(s->qemu_text) - 1 - s->qemu_text_size;

	if (size > room)
		size = room;
	memcpy(s->qemu_text + s->qemu_text_size, data, size);
	s->qemu_text_size += size;
	if (!s->stuck && s->guest->kvm && kvm_gave_up(s->qemu_text)) {
		s->stuck = true;
		kill(s->guest->qemu, SIGKILL);
	}
}

/* The guest has said something: QEMU has opened all ports. */
static void widen_once(struct session *s)
{
	if (!s->widened && json_array_size(json_object_get(s->guest->doc, "ports")))
		ports_widen(s->guest);
	s->widened = true;
}

static void take(struct session *s, enum channel channel, const char *data, size_t size)
{
	struct frame_user to = { take_frame, take_console, s };

	if (channel != CHAN_QEMU)
		widen_once(s);
	switch (channel) {
	case CHAN_KLOG:
		take_klog(s, data, size);
		break;
	case CHAN_CONSOLE:
		if (s->guest->port || s->guest->terminal)
			take_console(s, data, size);
		else
			frames_feed(&s->frames, data, size, &to);
		break;
	case CHAN_CONTROL:
		take_control(s, data, size);
		break;
	case CHAN_FRAMES:
		frames_feed(&s->frames, data, size, &to);
		break;
	default:
		take_qemu(s, data, size);
	}
}

void channel_read(struct session *s, enum channel channel)
{
	int *fd = &s->guest->fd[channel];
	char buf[16384];
	ssize_t n = read(*fd, buf, sizeof(buf));

	if (n > 0) {
		take(s, channel, buf, n);
	} else if (!n || (errno != EAGAIN && errno != EINTR)) {
		close(*fd);
		/* What was meant for the guest has lost its way. */
		s->to_guest.broken |= s->to_guest.fd == *fd;
		s->typed.broken |= s->typed.fd == *fd;
		*fd = -1;
	}
}

/* Ctrl-] is for us, since Ctrl-C is the program's: it stops the guest, then ends it. */
static void input_terminal(struct session *s, const char *data, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (data[i] == ESCAPE)
			session_stop(s);
		else
			sink_put(&s->typed, data + i, 1);
	}
}

void input_read(struct session *s)
{
	char buf[4096];
	size_t want = sizeof(buf);
	ssize_t n;

	if (!s->guest->terminal && want > (size_t)s->credit)
		want = s->credit;
	n = read(0, buf, want);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		s->input_open = false;
		n = 0;
	}
	if (s->guest->terminal) {
		input_terminal(s, buf, n);
		return;
	}
	frame_put(&s->to_guest, 'i', buf, n);
	s->credit -= n;
}

/* The console's lines and columns are those of our terminal. */
void input_window_size(struct session *s)
{
	unsigned char size[4];
	struct winsize ws;

	if (ioctl(0, TIOCGWINSZ, &ws))
		return;
	size[0] = ws.ws_row;
	size[1] = ws.ws_row >> 8;
	size[2] = ws.ws_col;
	size[3] = ws.ws_col >> 8;
	frame_put(&s->to_guest, 'w', size, sizeof(size));
}

/* A program whose output nobody reads shall hear of it, as it would from a pipe. */
void broken_outputs(struct session *s)
{
	static bool told[2];

	if (s->guest->terminal)
		return;
	if (s->out.broken && !told[0])
		frame_put(&s->to_guest, 'p', "o", 1);
	if (s->err.broken && !told[1])
		frame_put(&s->to_guest, 'p', "e", 1);
	told[0] = s->out.broken;
	told[1] = s->err.broken;
}
