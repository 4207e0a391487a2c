/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RUMPRUN_SYSPROXY_CONNECT_H
#define RUMPRUN_SYSPROXY_CONNECT_H

#include "address.h"

/* A connected descriptor, or -1 with the reason in *why, which is a constant. */
int address_connect(const struct address *a, const char **why);

#endif
