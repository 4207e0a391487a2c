/* SPDX-License-Identifier: GPL-2.0 */
/* Where a server is: tcp:HOST:PORT, unix:PATH, vsock:CID:PORT, console:PATH. */
#ifndef RUMPRUN_SYSPROXY_ADDRESS_H
#define RUMPRUN_SYSPROXY_ADDRESS_H

#include <stdbool.h>

enum transport { TRANSPORT_TCP, TRANSPORT_UNIX, TRANSPORT_VSOCK, TRANSPORT_CONSOLE };

struct address {
	enum transport transport;
	char host[256]; /* empty: any; an IPv6 address without its brackets */
	unsigned int cid, port;
	char path[108];
};

/* A listening address may leave out host and CID. NULL, or what is wrong with it. */
const char *address_parse(const char *text, bool listening, struct address *a);

#endif
