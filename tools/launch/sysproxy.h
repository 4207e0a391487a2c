/* SPDX-License-Identifier: GPL-2.0 */
/* The ways in for remote system calls (doc/sysproxy.md). */
#ifndef RUMPRUN_LAUNCH_SYSPROXY_H
#define RUMPRUN_LAUNCH_SYSPROXY_H

#include "config.h"
#include "guest.h"

/* Where the guest's server listens for a Unix socket of the host: no number that others choose. */
#define SYSPROXY_VSOCK_PORT 0x72756d70

void sysproxy_check(const struct guest *guest);
/* The devices of a machine. */
void sysproxy_add(const struct guest *guest, struct strv *args);
/* vsock_relay.c: have a Unix socket lead into a guest. Returns the descriptor for it, or QEMU. */
int vsock_relay_start(const char *path, bool is_machine);
/* The Unix socket of the host that is to lead into the guest, or NULL. */
const char *sysproxy_socket(const struct guest *guest);
/* The guest's ends of what the host has, as addresses to listen at; NULL behind the last. */
const char *sysproxy_inside(const struct guest *guest, unsigned int n);

#endif
