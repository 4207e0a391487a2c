/* SPDX-License-Identifier: GPL-2.0 */
/* Debian packages, taken apart without installing anything. */
#ifndef RUMPRUN_BAKE_DEB_H
#define RUMPRUN_BAKE_DEB_H

#include "util.h"

/*
 * The packages with all that they depend on, fetched: one .deb file each. Packages that only
 * maintainer scripts need are treated as if they were installed, and so left out.
 */
void deb_fetch(const struct strv *packages, struct strv *files);

/* The folder in the cache with the content of a .deb file; unpacked when it is not there yet. */
char *deb_unpack(const char *file);

/* Compile the Python modules in such folders, if the root that they were staged in has an
 * interpreter and it has not been done before. */
void deb_compile_python(const char *root, const struct strv *dirs);

#endif
