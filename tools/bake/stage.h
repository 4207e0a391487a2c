/* SPDX-License-Identifier: GPL-2.0 */
/* Putting files into the staged root. Later additions never replace earlier ones silently. */
#ifndef RUMPRUN_BAKE_STAGE_H
#define RUMPRUN_BAKE_STAGE_H

#include "bake.h"

/* Where a path of the image lies on the host; folders above it are made. */
char *stage_place(struct bake *b, const char *path);

/* A file of the host under a path of its own choice; nothing happens if that is taken. */
void stage_file(struct bake *b, const char *from, const char *path);

void stage_symlink(struct bake *b, const char *target, const char *path);

/* The same path in the image as on the host, with the symbolic links that lead there. */
void stage_same(struct bake *b, const char *path);

/* A whole folder into the image's root; leave_out says which paths stay behind, or is NULL. */
void stage_tree(struct bake *b, const char *dir, bool (*leave_out)(const char *path));

/*
 * Small files that programs expect ("root"), and what a package's scripts would have made
 * ("deb/PACKAGE"). What is there already stays.
 */
void stage_skeleton(struct bake *b, const char *name);

/* Programs with all they need (program.c), packages (deb.c). */
void stage_programs(struct bake *b);
void stage_packages(struct bake *b);

#endif
