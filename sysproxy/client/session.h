/* SPDX-License-Identifier: GPL-2.0 */
/* The beginning of a session, for librumpclient and rumpctrl. */
#ifndef RUMPRUN_SYSPROXY_CLIENT_SESSION_H
#define RUMPRUN_SYSPROXY_CLIENT_SESSION_H

#include "link.h"

enum { WHY_SIZE = 512 };

/* Read a key's file. 0, or -1 with the reason in why. */
int key_read(const char *path, struct key *key, char why[WHY_SIZE]);

enum session_failure { SESSION_OPENED, SESSION_BAD_ADDRESS, SESSION_BAD_KEY, SESSION_UNREACHABLE };

/* Connect, shake hands, say hello. 0 (SESSION_OPENED), or what failed, with the reason in why. */
enum session_failure session_open(struct link *l, const char *address, const struct key *key,
				  char why[WHY_SIZE]);
void session_shut(struct link *l);

#endif
