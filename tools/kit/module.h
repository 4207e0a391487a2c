/* SPDX-License-Identifier: GPL-2.0 */
/* What a Linux module's object says about itself. */
#ifndef RUMPRUN_KIT_MODULE_H
#define RUMPRUN_KIT_MODULE_H

#include "util.h"

struct module {
	char *name;
	char *path;
	bool part; /* of the base kernel, not a module */
	bool init; /* has an initialisation function */
	size_t bytes;
	struct strv exports;
	struct strv undefined;
	struct strv aliases;
	struct strv before; /* soft dependencies, by alias or name */
};

struct modules {
	struct module *v;
	size_t n;
};

void module_read(struct module *m, const char *path);

/* All modules that Kbuild's modules.order lists, read from its output tree. */
void modules_read(struct modules *all, const char *tree);

/* A part of the base kernel, as if it were a module: all that is global in it is exported. */
void part_read(struct module *m, const char *name, const char *path);

/* Symbols that the linking of an image provides. */
bool module_symbol_is_special(const char *name);

#endif
