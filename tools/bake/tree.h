/* SPDX-License-Identifier: GPL-2.0 */
/* Paths inside a root folder, whose absolute symbolic links mean that root, not the host's. */
#ifndef RUMPRUN_BAKE_TREE_H
#define RUMPRUN_BAKE_TREE_H

#include <stdbool.h>

/*
 * The path with every symbolic link followed, still without the root in front, or NULL when there
 * is a loop. What does not exist is kept as it is. The last part is followed only if asked for.
 */
char *tree_resolve(const char *root, const char *path, bool follow_last);

/* A regular file (or a link to one) in the root; the resolved path or NULL. */
char *tree_file(const char *root, const char *path);

/* A name with a slash is a path; others are looked up where shells do. */
char *tree_program(const char *root, const char *name);

#endif
