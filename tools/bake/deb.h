/* SPDX-License-Identifier: GPL-2.0 */
/* Debian packages, taken apart without installing anything. */
#ifndef RUMPRUN_BAKE_DEB_H
#define RUMPRUN_BAKE_DEB_H

#include "bake.h"

/*
 * The packages with all that they depend on, fetched: one .deb file each. Packages that only
 * maintainer scripts need are treated as if they were installed, and so left out. The cache is
 * locked.
 */
void deb_fetch(const struct strv *packages, struct strv *files);

/* The folder in the cache with the content of a .deb file; unpacked when it is not there yet. */
char *deb_unpack(const char *file);

/* The cache is one user's, who may bake several images at once: waits for the others. */
int deb_lock_cache(void);

/* Once the programs are staged: compile the Python modules of the packages if they are Python's. */
void deb_compile_python(const struct bake *b);

#endif
