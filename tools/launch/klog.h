/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel's log on its way to a person. */
#ifndef RUMPRUN_KLOG_H
#define RUMPRUN_KLOG_H

#include <stdbool.h>

#include "relay.h"

struct symbols;

struct klog {
	struct symbols *symbols;
	struct tail tail;
	/* What of a line has come so far. */
	char line[1024];
	size_t line_size;
};

/* Take what comes from the kernel; where OUT is given, whole lines go there with names added. */
void klog_take(struct klog *klog, const char *data, size_t size, struct sink *out);

/* To standard error: all that is kept, or the report of the program that died of a signal last. */
void klog_show(const struct klog *klog);
void klog_show_death(const struct klog *klog, int signal);

#endif
