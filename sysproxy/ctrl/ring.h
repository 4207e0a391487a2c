/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ring of a packet socket (PACKET_RX_RING, version 2), which libpcap cannot do without: its
 * memory is shared with the program, and packets are put into it when the program asks for more.
 */
#ifndef RUMPRUN_CTRL_RING_H
#define RUMPRUN_CTRL_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ring;
struct thread;

int ring_map(struct ring *r, int memory, size_t size);
void ring_free(struct ring *r);
/* The socket options about it. True if the call was one. */
bool ring_option(struct thread *t);
/*
 * Before a poll: take in what is there, and then go on with "then". False if there is nothing to
 * be done. Whether a packet is in the ring that the program has not seen.
 */
bool ring_drain(struct thread *t, void (*then)(struct thread *t));
bool ring_ready(const struct ring *r);

#endif
