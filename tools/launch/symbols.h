/* SPDX-License-Identifier: GPL-2.0 */
/* Names for the addresses in the kernel's log, out of IMAGE.debug. */
#ifndef RUMPRUN_SYMBOLS_H
#define RUMPRUN_SYMBOLS_H

#include <stdbool.h>
#include <stdio.h>

struct symbols;

/* Never NULL; without a folder IMAGE.debug, addresses stay as they are. */
struct symbols *symbols_open(const char *image);

/* Write a line of the log, which ends in no newline, with the names of what it points to. */
void symbols_line(struct symbols *symbols, const char *line, FILE *out);

/* Whether there were addresses, but no folder to look in. */
bool symbols_missed(const struct symbols *symbols);

#endif
