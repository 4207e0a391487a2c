/* SPDX-License-Identifier: GPL-2.0 */
/* The declarations of components in kernel/components. */
#ifndef RUMPRUN_KIT_COMPONENT_H
#define RUMPRUN_KIT_COMPONENT_H

#include "util.h"

struct component {
	char *name;
	char *text;
	char *faction;
	char *kind;	      /* the only kind of base kernel that it is for, or NULL */
	struct strv options;  /* Kconfig, without CONFIG_ */
	struct strv programs; /* of ours, in the kit */
	struct strv modules;  /* Linux modules, named as their objects with _ for - */
	struct strv objects;  /* or parts of the base kernel: files, or a path that ends in % */
	struct strv needs;    /* components, modules or their aliases */
};

struct components {
	struct component *v;
	size_t n;
};

void components_read(struct components *all, const char *path);
bool component_fits(const struct component *c, const char *kind);

/* The Linux name of a module: its object's file name with _ for - */
char *module_name(const char *object);

#endif
