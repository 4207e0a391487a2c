/* SPDX-License-Identifier: GPL-2.0 */
/* The note of our cross tools in a program: how it was built (doc/toolchain.md). */
#ifndef RUMPRUN_BAKE_NOTE_H
#define RUMPRUN_BAKE_NOTE_H

#include <jansson.h>

/* "toolchain", "compiler" and "flags" of an ELF file; NULL when other tools have built it. */
json_t *note_read(const char *path);

#endif
