/* SPDX-License-Identifier: GPL-2.0 */
/* Where clients come from: sockets, and consoles, which have one client at a time. */
#ifndef RUMPRUN_SYSPROXY_LISTEN_H
#define RUMPRUN_SYSPROXY_LISTEN_H

#include "address.h"

/* A listening socket, or -1 with errno set. */
int listen_on(const struct address *a);
/* Wait for a client on a console: its descriptor, or -1 when there is no such device. */
int console_client(const char *path);

#endif
