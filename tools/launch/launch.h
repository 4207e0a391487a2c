/* SPDX-License-Identifier: GPL-2.0 */
/* Small things that several parts of rumprun need. */
#ifndef RUMPRUN_LAUNCH_H
#define RUMPRUN_LAUNCH_H

#include <stdbool.h>
#include <stddef.h>

#include "report.h"
#include "util.h"

/* What a guest has that has just ended, such as a socket or a port, may be taken for a moment yet.
 */
enum { LEAVING_TRIES = 100, LEAVING_WAIT_US = 10000 };

/* Add words split as a shell would at blanks, with ' " and \; no expansion. -1: a quote is open. */
int split_words(struct strv *words, const char *text);

/* A file without a name, rewound for the reader. */
int memory_file(const char *name, const void *data, size_t size);

void close_on_exec(int fd, bool on);
/* All descriptors behind the standard ones. */
void close_all_but(int one, int other);

/* The value of "key=" in a list with commas, to be freed; NULL if it is not there. */
char *list_value(const char *list, const char *key);

#endif
