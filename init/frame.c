// SPDX-License-Identifier: GPL-2.0
/*
 * Frames between init and the launcher, over a virtio-console port or a raw
 * serial line: 0x1e 'R' type, the payload's size in two bytes (low first), the
 * payload. doc/config.md lists the types.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "init.h"

enum { HEADER = 5, PAYLOAD = 16384, PATIENCE_MS = 5000, RETRY_MS = 1 };

static int channel = -1;
static unsigned char out[HEADER + PAYLOAD], in[HEADER + PAYLOAD];
static size_t out_size, out_done, in_size;

/* A port is there before the driver has heard that its other end is open, too. */
static void await_peer(long end)
{
	struct pollfd pfd = { .fd = channel, .events = POLLIN };

	while (poll(&pfd, 1, 0) > 0 && (pfd.revents & POLLHUP) && now_ms() < end)
		pause_ms(RETRY_MS);
}

/* A port appears when the device's own work queue has heard of it: wait for it. */
int frame_open(const char *device)
{
	long end = now_ms() + PATIENCE_MS;
	struct termios tio;

	if (channel >= 0)
		return 0;
	while ((channel = open(device, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)) < 0) {
		if (now_ms() > end)
			return -1;
		pause_ms(RETRY_MS);
	}
	if (!tcgetattr(channel, &tio)) {
		cfmakeraw(&tio);
		tcsetattr(channel, TCSANOW, &tio);
	} else {
		await_peer(end);
	}
	return 0;
}

int frame_fd(void)
{
	return channel;
}

int frame_busy(void)
{
	return out_done < out_size;
}

/* Write as much as the channel takes now. */
void frame_push(void)
{
	ssize_t n;

	while (channel >= 0 && frame_busy()) {
		n = write(channel, out + out_done, out_size - out_done);
		if (n <= 0)
			return;
		out_done += n;
	}
}

void frame_flush(void)
{
	struct pollfd pfd = { .fd = channel, .events = POLLOUT };

	for (frame_push(); channel >= 0 && frame_busy(); frame_push())
		poll(&pfd, 1, 100);
}

void frame_send(char type, const void *data, size_t size)
{
	frame_flush();
	out[0] = 0x1e;
	out[1] = 'R';
	out[2] = type;
	out[3] = size;
	out[4] = size >> 8;
	memcpy(out + HEADER, data, size);
	out_done = 0;
	out_size = HEADER + size;
	frame_push();
}

/* Take the whole frames that are there. */
static void parse(void (*take)(char, const unsigned char *, size_t))
{
	size_t at = 0, size;

	while (in_size - at >= HEADER) {
		if (in[at] != 0x1e || in[at + 1] != 'R') {
			at++;
			continue;
		}
		size = in[at + 3] | in[at + 4] << 8;
		if (size > PAYLOAD) {
			at++;
			continue;
		}
		if (in_size - at < HEADER + size)
			break;
		take(in[at + 2], in + at + HEADER, size);
		at += HEADER + size;
	}
	in_size -= at;
	memmove(in, in + at, in_size);
}

/* Return 0 when the launcher is gone. */
int frame_receive(void (*take)(char type, const unsigned char *data, size_t size))
{
	ssize_t n = read(channel, in + in_size, sizeof(in) - in_size);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	if (!n)
		return 0;
	in_size += n;
	parse(take);
	return 1;
}
