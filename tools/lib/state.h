/* SPDX-License-Identifier: GPL-2.0 */
/* What is kept of guests in the background: a folder each, named by its cookie. */
#ifndef RUMPRUN_STATE_H
#define RUMPRUN_STATE_H

#include <jansson.h>
#include <sys/un.h>

/* The folder of all; made when it is missing. */
const char *state_base(void);
char *state_path(const char *cookie, const char *name);
/* Make a fresh folder for a guest of this name; return its cookie. */
char *state_make(const char *name);
void state_remove(const char *cookie);

int state_write(const char *cookie, const json_t *info);
/* NULL when there is no such guest. */
json_t *state_read(const char *cookie);

/* The supervisor's socket. */
int state_address(const char *cookie, struct sockaddr_un *address);

#endif
