/* SPDX-License-Identifier: GPL-2.0 */
/* Guests in the background: a supervisor stays, the command returns with a cookie. */
#ifndef RUMPRUN_BACKGROUND_H
#define RUMPRUN_BACKGROUND_H

#include "guest.h"

/* Return the exit status of the command: 0 once the program runs. */
int background_run(struct guest *guest);

#endif
