/* SPDX-License-Identifier: GPL-2.0 */
/* The socket on which rumpstop calls. */
#ifndef RUMPRUN_SERVER_H
#define RUMPRUN_SERVER_H

struct server;
struct session;

struct server *server_open(const char *cookie);
int server_fd(const struct server *server);
void server_accept(struct server *server, struct session *session);
/* The guest has ended: tell all who called, and close. */
void server_answer(struct server *server, int status);

#endif
