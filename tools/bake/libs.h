/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RUMPRUN_BAKE_LIBS_H
#define RUMPRUN_BAKE_LIBS_H

#include "bake.h"

/* Stage what a dynamic program at PATH in the image, SOURCE on the host, needs to be loaded. */
void stage_libraries(struct bake *b, const char *path, const char *source);

#endif
