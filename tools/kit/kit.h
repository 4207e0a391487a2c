/* SPDX-License-Identifier: GPL-2.0 */
/* The steps from a built Linux tree to a kit that rumprun-bake links from. */
#ifndef RUMPRUN_KIT_H
#define RUMPRUN_KIT_H

#include "component.h"

/* Print the Kconfig lines of the components that fit a kind of base. */
void kit_fragment(const struct components *all, const char *kind);

/* Make DIR/NAME.o for every module built in an output tree. */
void kit_objects(const char *tree, const char *dir);

/* Print the index of a base, with the components that fit its kind, as JSON. */
void kit_index(const struct components *all, const char *base, const char *kind, const char *tree,
	       const char *kernel);

#endif
