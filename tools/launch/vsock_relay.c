// SPDX-License-Identifier: GPL-2.0
/*
 * A Unix socket of the host that leads into a guest: a child of ours, which has nothing else, is
 * the host to the guest's vsock. It ends with the guest, or with us.
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sysproxy.h"
#include "unix_socket.h"
#include "vhost.h"
#include "vsock.h"

enum { P_GUEST, P_CLIENTS, P_KICKS, P_STREAMS = P_KICKS + VHOST_RINGS };

enum {
	BACKLOG = 128,
	PROCESS_DATA_MOST = 16 << 10,
	/* Linux has 3.7 KB in each buffer that it gives the device. */
	MACHINE_DATA_MOST = 3 << 10,
};

struct relay {
	struct vsock vsock;
	bool is_machine;
	/* The socket to a process that packets go over, or to the QEMU of a machine. */
	int guest;
	struct vhost vhost;
};

static struct unix_socket listening;

static void listen_unix(const char *path)
{
	mode_t usual = umask(0177);

	unix_bind("--sysproxy", path, SOCK_STREAM | SOCK_NONBLOCK, &listening);
	umask(usual);
	if (listen(listening.fd, BACKLOG))
		quit(STATUS_SYSTEM, "--sysproxy: %s: %s", path, strerror(errno));
}

static _Noreturn void end(int signal)
{
	(void)signal;
	unix_unlink(&listening);
	_exit(0);
}

static void accept_client(struct relay *r)
{
	int fd = accept4(listening.fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd >= 0)
		vsock_add(&r->vsock, fd);
}

/* A machine's packets lie in its memory, a process's come by the socket itself. */
static size_t receive(struct relay *r, void *packet, size_t room)
{
	ssize_t n;

	if (r->is_machine)
		return vhost_receive(&r->vhost, packet, room);
	n = recv(r->guest, packet, room, MSG_DONTWAIT);
	if (!n || (n < 0 && errno != EAGAIN && errno != EINTR))
		end(0);
	return n < 0 ? 0 : n;
}

static bool send_packet(struct relay *r, const struct vsock_packet *p)
{
	ssize_t n;

	if (r->is_machine)
		return vhost_send(&r->vhost, &p->header, p->size);
	n = send(r->guest, &p->header, p->size, MSG_DONTWAIT | MSG_NOSIGNAL);
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		end(0);
	return n >= 0;
}

static bool is_full(const struct relay *r)
{
	return r->vsock.waiting >= VSOCK_WAITING_MOST;
}

static void exchange(struct relay *r)
{
	static uint8_t packet[sizeof(struct virtio_vsock_hdr) + VSOCK_PACKET_MOST];
	bool more;
	size_t n;

	/* A ring tells only once of what is in it. */
	do {
		while (!is_full(r) && (n = receive(r, packet, sizeof(packet))))
			vsock_receive(&r->vsock, packet, n);
		more = is_full(r);
		while (r->vsock.first && send_packet(r, r->vsock.first))
			vsock_taken(&r->vsock);
	} while (more && !is_full(r));
	if (r->is_machine && vhost_tell(&r->vhost))
		end(0);
}

static void list_events(const struct relay *r, struct pollfd *pfd)
{
	short in = r->is_machine || !is_full(r) ? POLLIN : 0;
	short out = r->vsock.first && !r->is_machine ? POLLOUT : 0;

	pfd[P_GUEST] = (struct pollfd){ r->guest, in | out, 0 };
	pfd[P_CLIENTS] = (struct pollfd){ listening.fd, POLLIN, 0 };
	if (r->vsock.count == VSOCK_STREAMS_MOST)
		pfd[P_CLIENTS].fd = -1;
	for (int i = 0; i < VHOST_RINGS; i++)
		pfd[P_KICKS + i] = (struct pollfd){ r->vhost.ring[i].kick, POLLIN, 0 };
	vsock_poll(&r->vsock, pfd + P_STREAMS);
}

static void take_kicks(const struct pollfd *pfd)
{
	uint64_t times;

	for (int i = 0; i < VHOST_RINGS; i++) {
		if (pfd[i].revents && read(pfd[i].fd, &times, sizeof(times)) < 0)
			end(0);
	}
}

static _Noreturn void run(struct relay *r)
{
	struct pollfd pfd[P_STREAMS + VSOCK_STREAMS_MOST];

	for (;;) {
		unsigned int count = r->vsock.count;

		list_events(r, pfd);
		if (poll(pfd, P_STREAMS + count, -1) < 0)
			continue;
		/* Before anything else changes which they are. */
		vsock_serve(&r->vsock, pfd + P_STREAMS, count);
		if (pfd[P_CLIENTS].revents)
			accept_client(r);
		take_kicks(pfd + P_KICKS);
		if (r->is_machine && vhost_messages(&r->vhost))
			end(0);
		exchange(r);
	}
}

static _Noreturn void become(struct relay *r, pid_t parent)
{
	unix_serve("rumprun-vsock", r->guest, listening.fd, parent, end);
	vsock_init(&r->vsock, SYSPROXY_VSOCK_PORT,
		   r->is_machine ? MACHINE_DATA_MOST : PROCESS_DATA_MOST);
	vhost_init(&r->vhost, r->is_machine ? r->guest : -1, VSOCK_GUEST);
	run(r);
}

int vsock_relay_start(const char *path, bool is_machine)
{
	struct relay r = { .is_machine = is_machine };
	pid_t parent = getpid(), pid;
	int pair[2];

	listen_unix(path);
	if (socketpair(AF_UNIX, (is_machine ? SOCK_STREAM : SOCK_SEQPACKET) | SOCK_CLOEXEC, 0,
		       pair))
		quit(STATUS_SYSTEM, "cannot make a socket: %s", strerror(errno));
	r.guest = pair[1];
	pid = fork();
	if (!pid)
		become(&r, parent);
	if (pid < 0)
		quit(STATUS_SYSTEM, "cannot make a process: %s", strerror(errno));
	close(pair[1]);
	close(listening.fd);
	return pair[0];
}
