/* SPDX-License-Identifier: GPL-2.0 */
/* Calling other programs. They get SIGTERM when we end: whoever stops us means the work as well. */
#ifndef RUMPRUN_CHILD_H
#define RUMPRUN_CHILD_H

#include <sys/types.h>

/* Start a program found on PATH. Its input and its output, errors among it, are these descriptors,
 * or ours where they are negative; they stay the caller's. With argv NULL it is a copy of ours, and
 * the result is 0 there. */
pid_t child_start(char *const argv[], int input, int output);
/* Wait for its end; its status as a shell has it: 127 if there is no such program, 128 and the
 * number of the signal that has ended it. */
int child_wait(pid_t pid);

/* Both at once; the output goes to a file, if one is named. */
int run_status(char *const argv[], const char *output);
/* The same; a failure ends us with the program's name and the remedy, if there is one. */
void run(char *const argv[], const char *remedy);

#endif
