/* SPDX-License-Identifier: GPL-2.0 */
/* Devices of a process: descriptors opened here, told in words of its command line. */
#ifndef RUMPRUN_PROC_H
#define RUMPRUN_PROC_H

#include "guest.h"

/* proc_block.c: the root where it is a part of the file, then what -b names */
void proc_blocks(const struct guest *guest, struct strv *words);

/* proc_net.c */
void proc_interfaces(const struct guest *guest, struct strv *words);

/*
 * frame_socket.c: a datagram socket at the path, kept connected to whoever is at the peer's.
 * Returns the process's descriptor; what, the option, begins each message.
 */
int frame_socket_open(const char *what, const char *path, const char *peer_path);

/* passt.c: user networking. Returns the process's end of its socket. */
int passt_start(const struct guest *guest, bool with_ports);

#endif
