/* SPDX-License-Identifier: GPL-2.0 */
/* Exit statuses and messages of rumprun and rumpstop. */
#ifndef RUMPRUN_REPORT_H
#define RUMPRUN_REPORT_H

#include <stdbool.h>

/* Apart from these, rumprun's status is the program's; doc/man/rumprun.1 lists them. */
enum status {
	STATUS_USAGE = 64,
	STATUS_CONFIG = 65,
	STATUS_NO_INPUT = 66,
	STATUS_NO_QEMU = 69,
	STATUS_CRASH = 70,
	STATUS_SYSTEM = 71,
	STATUS_OUTPUT = 74,
	STATUS_KILLED = 137,
};

/* Messages go to stderr, with --json as one JSON object a line. */
extern bool report_json;

__attribute__((format(printf, 1, 2))) void say(const char *fmt, ...);
/* Say it and end with the status. */
__attribute__((noreturn, format(printf, 2, 3))) void quit(enum status status, const char *fmt, ...);

#endif
