// SPDX-License-Identifier: GPL-2.0
/*
 * The socket on which rumpstop calls the supervisor of a guest. A call is one
 * line, "stop" or "kill"; the answer, when the guest has ended, "exit N".
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "server.h"
#include "session.h"
#include "state.h"

enum { MAX_CALLERS = 16, CALL_SECONDS = 2 };

struct server {
	int fd;
	int callers[MAX_CALLERS];
	int ncallers;
};

struct server *server_open(const char *cookie)
{
	struct server *server = xcalloc(1, sizeof(*server));
	struct sockaddr_un address;

	if (state_address(cookie, &address))
		quit(STATUS_SYSTEM, "%s: too long a path for a socket: set XDG_RUNTIME_DIR",
		     state_base());
	server->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (server->fd < 0 || bind(server->fd, (struct sockaddr *)&address, sizeof(address)) ||
	    listen(server->fd, MAX_CALLERS))
		quit(STATUS_SYSTEM, "%s: %s", address.sun_path, strerror(errno));
	return server;
}

int server_fd(const struct server *server)
{
	return server->fd;
}

void server_accept(struct server *server, struct session *session)
{
	struct timeval limit = { .tv_sec = CALL_SECONDS };
	int fd = accept4(server->fd, NULL, NULL, SOCK_CLOEXEC);
	char line[16] = "";

	if (fd < 0)
		return;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	if (server->ncallers == MAX_CALLERS || read(fd, line, sizeof(line) - 1) <= 0) {
		close(fd);
		return;
	}
	server->callers[server->ncallers++] = fd;
	if (!strcmp(line, "kill\n"))
		session_kill(session);
	else if (!strcmp(line, "stop\n") && !session->stopped_at)
		session_stop(session);
}

void server_answer(struct server *server, int status)
{
	for (int i = 0; i < server->ncallers; i++) {
		dprintf(server->callers[i], "exit %d\n", status);
		close(server->callers[i]);
	}
	close(server->fd);
	free(server);
}
