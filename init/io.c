// SPDX-License-Identifier: GPL-2.0
/*
 * The programs' input and output: the console as their terminal, or pipes that
 * are relayed in frames. Pipes, because a program may open /dev/stdout again.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "init.h"

enum { CHUNK = 16384, WINDOW = 32768, ACK_PATIENCE_MS = 10000 };

/* Our ends of the pipes, and the programs' until these have started. */
static int in_pipe = -1, out_pipe = -1, err_pipe = -1;
static int theirs[3] = { -1, -1, -1 };

/* Input that the program has not taken yet. The launcher never sends more than the window. */
static unsigned char pending[WINDOW];
static size_t npending;
static int input_ended, launcher_gone, acknowledged;

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void set_window_size(const unsigned char *data, size_t size)
{
	struct winsize ws = { 0 };

	if (size != 4)
		return;
	ws.ws_row = data[0] | data[1] << 8;
	ws.ws_col = data[2] | data[3] << 8;
	ioctl(0, TIOCSWINSZ, &ws);
}

static void take(char type, const unsigned char *data, size_t size)
{
	switch (type) {
	case 'i':
		if (!size)
			input_ended = 1;
		if (size > WINDOW - npending)
			size = WINDOW - npending;
		memcpy(pending + npending, data, size);
		npending += size;
		break;
	case 'p':
		/* Nobody reads it any more. */
		close_end(size && *data == 'o' ? &out_pipe : &err_pipe);
		break;
	case 't':
		stop_request();
		break;
	case 'w':
		set_window_size(data, size);
		break;
	case 'a':
		acknowledged = 1;
		break;
	}
}

static int open_frames(void)
{
	return conf.frames && frame_open(conf.frames) ? -1 : 0;
}

/* One direction; the end that is ours does not block. */
static void make_pipe(int *ours, int *other, int ours_reads)
{
	int fds[2];

	if (pipe2(fds, O_CLOEXEC))
		fatal("cannot make a pipe: ", error_name(errno), NULL);
	*ours = fds[!ours_reads];
	*other = fds[ours_reads];
	fcntl(*ours, F_SETFL, O_NONBLOCK);
}

/* The name that the console had when the kernel opened it is one of the initramfs: open it anew. */
static void take_terminal(void)
{
	int fd = open("/dev/hvc0", O_RDWR | O_NOCTTY);

	if (fd < 0)
		fd = open("/dev/console", O_RDWR | O_NOCTTY);
	for (int i = 0; fd >= 0 && i < 3; i++)
		dup2(fd, i);
	close_end(&fd);
	setsid();
	ioctl(0, TIOCSCTTY, 1);
}

void io_programs(int fds[3])
{
	if (open_frames())
		fatal("there is no device ", conf.frames, " to reach the launcher by", NULL);
	if (conf.io == IO_TTY) {
		take_terminal();
		fds[0] = 0;
		fds[1] = 1;
		fds[2] = 2;
		return;
	}
	make_pipe(&in_pipe, &theirs[0], 0);
	make_pipe(&out_pipe, &theirs[1], 1);
	make_pipe(&err_pipe, &theirs[2], 1);
	memcpy(fds, theirs, sizeof(theirs));
}

void io_started(void)
{
	for (int i = 0; i < 3; i++)
		close_end(&theirs[i]);
	if (conf.frames)
		frame_send('s', "", 0);
}

/* Give the program its input, and the launcher the room back. */
static void feed(void)
{
	unsigned char room[2];
	ssize_t n;

	if (in_pipe >= 0 && npending) {
		n = write(in_pipe, pending, npending);
		if (n < 0 && errno == EAGAIN)
			return;
		/* Nobody reads any more: the input is thrown away, as a pipe would refuse it. */
		if (n < 0) {
			close_end(&in_pipe);
			n = npending;
		}
		npending -= n;
		memmove(pending, pending + n, npending);
		room[0] = n;
		room[1] = n >> 8;
		frame_send('c', room, 2);
	}
	if (in_pipe < 0)
		npending = 0;
	if (input_ended && !npending)
		close_end(&in_pipe);
}

/* Return whether there was anything. */
static int relay(int *fd, char type)
{
	static unsigned char chunk[CHUNK];
	ssize_t n = *fd < 0 ? 0 : read(*fd, chunk, sizeof(chunk));

	if (n > 0)
		frame_send(type, chunk, n);
	else if (!n)
		close_end(fd);
	return n > 0;
}

enum { CHANNEL, INPUT, OUTPUT, ERRORS, COUNT };

static void fill(struct pollfd *pfds)
{
	int busy = frame_busy();

	pfds[CHANNEL].fd = launcher_gone ? -1 : frame_fd();
	pfds[CHANNEL].events = busy ? POLLIN | POLLOUT : POLLIN;
	pfds[INPUT].fd = npending ? in_pipe : -1;
	pfds[INPUT].events = POLLOUT;
	/* One frame at a time: what the launcher does not take yet stays in the pipe. */
	pfds[OUTPUT].fd = busy ? -1 : out_pipe;
	pfds[OUTPUT].events = POLLIN;
	pfds[ERRORS].fd = busy ? -1 : err_pipe;
	pfds[ERRORS].events = POLLIN;
}

/* Wait for something to relay, a signal or the time. Signals are let in only here. */
void io_poll(long timeout_ms)
{
	struct timespec ts = { timeout_ms / 1000, timeout_ms % 1000 * 1000000 };
	struct pollfd pfds[COUNT];
	sigset_t none;

	sigemptyset(&none);
	fill(pfds);
	if (ppoll(pfds, COUNT, timeout_ms < 0 ? NULL : &ts, &none) <= 0)
		return;
	frame_push();
	if (pfds[CHANNEL].revents & (POLLIN | POLLHUP | POLLERR))
		launcher_gone = !frame_receive(take);
	if (pfds[ERRORS].revents)
		relay(&err_pipe, 'e');
	if (pfds[OUTPUT].revents && !frame_busy())
		relay(&out_pipe, 'o');
	if ((npending || input_ended) && !frame_busy())
		feed();
}

void io_stderr(const char *text)
{
	/* A launcher that waits for frames gets this as one, if there is any way to it. */
	if (conf.io == IO_FRAMES && !open_frames() && frame_fd() >= 0)
		frame_send('e', text, strlen(text));
	else
		write(2, text, strlen(text));
}

/* What the programs left in the pipes, then the status; wait until the launcher has it all. */
void io_end(int status)
{
	const char *text = decimal(status);
	long end;

	if (conf.io == IO_TTY)
		tcdrain(1);
	if (!conf.frames || frame_fd() < 0)
		return;
	while (relay(&err_pipe, 'e') || relay(&out_pipe, 'o'))
		;
	frame_send('x', text, strlen(text));
	frame_flush();
	end = now_ms() + ACK_PATIENCE_MS;
	close_end(&out_pipe);
	close_end(&err_pipe);
	while (!acknowledged && !launcher_gone && now_ms() < end)
		io_poll(100);
}
