/* SPDX-License-Identifier: GPL-2.0 */
/* Where things lie: the kit beside the tools, and the user's cache. Results are the caller's. */
#ifndef RUMPRUN_PATHS_H
#define RUMPRUN_PATHS_H

#include "util.h"

/* $RUMPRUN_KIT, or beside our own folder: kernels, components, configurations. */
const char *kit_dir(void);
char *kit_path(const char *fmt, ...) PRINTF(1, 2);

/* $XDG_CACHE_HOME/rumprun, or ~/.cache/rumprun: may be removed at any time. */
char *cache_path(const char *fmt, ...) PRINTF(1, 2);

#endif
