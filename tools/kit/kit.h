/* SPDX-License-Identifier: GPL-2.0 */
/* The steps from a built Linux tree to a kit that rumprun-bake links from. */
#ifndef RUMPRUN_KIT_H
#define RUMPRUN_KIT_H

#include "component.h"

/* Print the Kconfig lines of the components that fit a kind of base. */
void kit_fragment(const struct components *all, const char *kind);

/*
 * Link the objects of a base that a file lists: DIR/kernel.o, and DIR/components/NAME.o for each
 * component that is a part of it.
 */
void kit_base(const struct components *all, const char *kind, const char *list, const char *dir);

/* Exchange objects for such as have their cleared data in sections that take no room. */
void kit_clear(struct strv *objects);

/* Make DIR/NAME.o for every module built in an output tree, and remove what is no component's. */
void kit_objects(const struct components *all, const char *kind, const char *tree, const char *dir);

/* Print the index of a base in DIR, with the components that fit its kind, as JSON. */
void kit_index(const struct components *all, const char *base, const char *kind, const char *tree,
	       const char *dir);

#endif
