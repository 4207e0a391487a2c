// SPDX-License-Identifier: GPL-2.0
/*
 * A Unix socket of the host that leads into a process: its vsock is a socket whose other end has
 * a child of ours, which has nothing else. It ends with the guest, or with us.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "proc.h"
#include "sysproxy.h"
#include "vsock.h"

enum { P_GUEST, P_CLIENTS, P_STREAMS };

enum { BACKLOG = 128 };

static const char *path;

static int listen_unix(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct sockaddr_un on = { .sun_family = AF_UNIX };
	struct stat st;
	mode_t usual;

	if (strlen(path) >= sizeof(on.sun_path))
		quit(STATUS_USAGE, "--sysproxy unix:%s: too long for a socket's path", path);
	strcpy(on.sun_path, path);
	/* What an earlier guest left behind is in the way. */
	if (!lstat(path, &st) && S_ISSOCK(st.st_mode))
		unlink(path);
	usual = umask(0177);
	if (fd < 0 || bind(fd, (struct sockaddr *)&on, sizeof(on)) || listen(fd, BACKLOG))
		quit(STATUS_SYSTEM, "--sysproxy unix:%s: %s", path, strerror(errno));
	umask(usual);
	return fd;
}

static _Noreturn void end(int signal)
{
	(void)signal;
	unlink(path);
	_exit(0);
}

static void accept_client(struct vsock *v, int listening)
{
	int fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd >= 0)
		vsock_add(v, fd);
}

static void receive(struct vsock *v, int guest)
{
	static uint8_t packet[sizeof(struct virtio_vsock_hdr) + VSOCK_PACKET_MOST];
	ssize_t n;

	while ((n = recv(guest, packet, sizeof(packet), MSG_DONTWAIT)) > 0)
		vsock_receive(v, packet, n);
	if (!n || (errno != EAGAIN && errno != EINTR))
		end(0);
}

static void send_packets(struct vsock *v, int guest)
{
	while (v->first) {
		ssize_t n =
			send(guest, &v->first->header, v->first->size, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n < 0 && errno != EAGAIN && errno != EINTR)
			end(0);
		if (n < 0)
			return;
		vsock_taken(v);
	}
}

static _Noreturn void relay(int guest, int listening)
{
	struct pollfd pfd[P_STREAMS + VSOCK_STREAMS_MOST];
	struct vsock v;

	vsock_init(&v, SYSPROXY_VSOCK_PORT);
	for (;;) {
		unsigned int count = v.count;

		pfd[P_GUEST] = (struct pollfd){ guest, POLLIN | (v.first ? POLLOUT : 0), 0 };
		pfd[P_CLIENTS].fd = count < VSOCK_STREAMS_MOST ? listening : -1;
		pfd[P_CLIENTS].events = POLLIN;
		vsock_poll(&v, pfd + P_STREAMS);
		if (poll(pfd, P_STREAMS + count, -1) < 0)
			continue;
		/* Before anything else changes which they are. */
		vsock_serve(&v, pfd + P_STREAMS, count);
		if (pfd[P_CLIENTS].revents)
			accept_client(&v, listening);
		if (pfd[P_GUEST].revents & ~POLLOUT)
			receive(&v, guest);
		send_packets(&v, guest);
	}
}

/* All but these two descriptors would keep open what has to end. */
static void close_others(int one, int other)
{
	int low = one < other ? one : other, high = one < other ? other : one;
	int null = open("/dev/null", O_RDWR);

	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	if (low > 3)
		close_range(3, low - 1, 0);
	if (high > low + 1)
		close_range(low + 1, high - 1, 0);
	close_range(high + 1, ~0u, 0);
}

static _Noreturn void become(int guest, int listening)
{
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	prctl(PR_SET_NAME, "rumprun-vsock");
	setpgid(0, 0);
	close_others(guest, listening);
	signal(SIGTERM, end);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	relay(guest, listening);
}

int vsock_relay_start(const char *socket_path)
{
	int pair[2], listening;
	pid_t pid;

	path = socket_path;
	listening = listen_unix();
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
		quit(STATUS_SYSTEM, "cannot make a socket: %s", strerror(errno));
	pid = fork();
	if (!pid)
		become(pair[1], listening);
	if (pid < 0)
		quit(STATUS_SYSTEM, "cannot make a process: %s", strerror(errno));
	close(pair[1]);
	close(listening);
	return pair[0];
}
