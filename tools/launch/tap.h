/* SPDX-License-Identifier: GPL-2.0 */
/* Tap interfaces of the host, made with sudo for guests started by others than root. */
#ifndef RUMPRUN_TAP_H
#define RUMPRUN_TAP_H

#include <jansson.h>

/* Make those that the configuration names (ifname=...) and that are not there, until we exit. */
void taps_make(const json_t *doc);
/* The same, at once. */
void taps_remove(void);

#endif
