// SPDX-License-Identifier: GPL-2.0
/* Log, console and control channel: descriptors that the launcher names. And the ends. */
#include "proc.h"

enum { F_SETFL = 4, F_GETFL = 3, F_SETOWN = 8, O_NONBLOCK = 04000, O_ASYNC = 020000 };
enum { EXIT_PANIC = 70 };

static int log_fd, in_fd, out_fd, control_fd;
/* Where nobody listens to the log its end is kept, and told when the kernel crashes. */
static UNMOVED char tail[16384];
static size_t tail_at;
/* Descriptor 0 is of whoever started the image without a launcher. */
static bool in_is_theirs;
static UNMOVED char input[4096];
static char input_last;
static size_t input_at, input_size;
/* The last read got all there was; what comes later is announced. Nothing will come any more. */
static bool drained, ended;
static volatile bool stop_signal;

/* Only for our own: a person's terminal is shared with a shell. */
void host_make_ours(int fd, bool announce)
{
	long flags = HOST(NR_FCNTL, fd, F_GETFL, 0, 0);

	HOST(NR_FCNTL, fd, F_SETOWN, HOST(NR_GETPID, 0, 0, 0, 0), 0);
	HOST(NR_FCNTL, fd, F_SETFL, flags | O_NONBLOCK | (announce ? O_ASYNC : 0), 0);
}

void host_console_init(void)
{
	log_fd = host_option("rump.log", -1);
	in_fd = out_fd = host_option("rump.console", -1);
	control_fd = host_option("rump.control", -1);
	if (in_fd >= 0) {
		host_make_ours(in_fd, true);
	} else {
		in_fd = 0;
		out_fd = 1;
		in_is_theirs = true;
	}
	host_keep(log_fd >= 0 ? log_fd : 2);
	host_keep(in_fd);
	host_keep(out_fd);
	host_keep(control_fd);
	host_watch(LINE_CONSOLE, in_fd);
	if (control_fd >= 0) {
		host_make_ours(control_fd, true);
		host_watch(LINE_STOP, control_fd);
	}
}

/* A channel that does not block may take less at a time than there is to say. */
static void write_all(int fd, const char *s, size_t n)
{
	long done;

	while (n) {
		done = HOST(NR_WRITE, fd, s, n, 0);
		if (done == -HOST_EAGAIN) {
			host_wait_for(fd, HOST_POLLOUT, -1);
		} else if (done > 0) {
			s += done;
			n -= done;
		} else if (done != -HOST_EINTR) {
			return;
		}
	}
}

void rumpuser_log(const char *s, size_t n)
{
	if (log_fd >= 0)
		write_all(log_fd, s, n);
	else
		while (n--)
			tail[tail_at++ % sizeof(tail)] = *s++;
}

static void tell_tail(void)
{
	size_t at = tail_at % sizeof(tail);

	if (tail_at > sizeof(tail))
		write_all(2, tail + at, sizeof(tail) - at);
	write_all(2, tail, at);
}

size_t rumpuser_console_write(const char *s, size_t n)
{
	long done = HOST(NR_WRITE, out_fd, s, n, 0);

	/* Nobody reads any more: as on a machine, it is gone. */
	if (done < 0)
		return done == -HOST_EAGAIN || done == -HOST_EINTR ? 0 : n;
	return done;
}

/*
 * The program's terminal takes ^D for the end of the input, as from a person: where a line
 * has begun it ends that line, and a second one the input. A launcher tells of the end itself.
 */
static void put_end(void)
{
	enum { CONTROL_D = 4 };
	bool line_begun = input_last && input_last != '\n';

	if (!in_is_theirs)
		return;
	for (int i = 0; i <= line_begun; i++)
		input[input_size++] = CONTROL_D;
}

/* Where there is none now the line is armed, but not after the end. */
static void fill_input(void)
{
	long got = -HOST_EAGAIN;

	input_at = input_size = 0;
	if (!drained && host_wait_for(in_fd, HOST_POLLIN, 0))
		got = HOST(NR_READ, in_fd, input, sizeof(input), 0);
	drained = got > 0 && (size_t)got < sizeof(input);
	if (got > 0) {
		input_size = got;
		input_last = input[got - 1];
	} else if (got == -HOST_EAGAIN || got == -HOST_EINTR) {
		host_watch(LINE_CONSOLE, in_fd);
	} else if (!ended) {
		ended = true;
		put_end();
	}
}

/* The console's driver takes 16 bytes at a time; the host is asked for more. */
size_t rumpuser_console_read(char *s, size_t n)
{
	size_t i;

	if (input_at == input_size)
		fill_input();
	for (i = 0; i < n && input_at < input_size; i++)
		s[i] = input[input_at++];
	return i;
}

int rumpuser_console_irq(void)
{
	return LINE_CONSOLE;
}

void host_stop_signal(void)
{
	stop_signal = true;
	host_raise(LINE_STOP);
}

bool rumpuser_stop_requested(void)
{
	char byte[16];
	bool asked = stop_signal;

	stop_signal = false;
	if (control_fd >= 0) {
		asked |= HOST(NR_READ, control_fd, byte, sizeof(byte), 0) > 0;
		host_watch(LINE_STOP, control_fd);
	}
	return asked;
}

int rumpuser_stop_irq(void)
{
	return LINE_STOP;
}

static __attribute__((noreturn)) void leave(int status)
{
	for (;;)
		HOST(NR_EXIT_GROUP, status, 0, 0, 0);
}

void rumpuser_exit(int status)
{
	char text[] = "exit 000\n";

	status &= 255;
	text[5] += status / 100;
	text[6] += status / 10 % 10;
	text[7] += status % 10;
	if (control_fd >= 0)
		write_all(control_fd, text, sizeof(text) - 1);
	leave(status);
}

void rumpuser_panic(void)
{
	if (control_fd >= 0)
		write_all(control_fd, "panic\n", 6);
	if (log_fd < 0)
		tell_tail();
	leave(EXIT_PANIC);
}

/* The outside takes an end without a word before it for a crash. */
void rumpuser_reset(void)
{
	if (control_fd >= 0)
		write_all(control_fd, "reset\n", 6);
	leave(0);
}

void rumpuser_poweroff(void)
{
	rumpuser_exit(0);
}

void rumpuser_halt(void)
{
	rumpuser_exit(0);
}
