/* SPDX-License-Identifier: GPL-2.0 */
/* Configurations: named lists of components, in files that doc/bake.md describes. */
#ifndef RUMPRUN_BAKE_CONF_H
#define RUMPRUN_BAKE_CONF_H

#include "util.h"

/* One line of a configuration file, kept with its place for messages. */
struct conf_line {
	char *key;
	struct strv words;
	char *where;
};

struct conf_def {
	char *name;
	char *text;
	char *where;
	struct conf_line *lines;
	size_t n;
};

/* All configurations that files have defined; a later one replaces an earlier one's name. */
struct conf_set {
	struct conf_def *v;
	size_t n;
};

/* A component that is wanted, and which line wanted it. */
struct conf_want {
	char *name;
	char *where;
};

/* What a configuration comes to. */
struct conf {
	const char *name;
	const char *text;
	char *base;
	int memory;
	struct conf_want *wants;
	size_t n;
	struct conf_want *removed; /* removals, checked against names that exist */
	size_t nremoved;
};

void conf_read(struct conf_set *set, const char *path);
void conf_read_dir(struct conf_set *set, const char *dir);

/* Follow a configuration and those it inherits, then the extra lines of -m. */
void conf_resolve(const struct conf_set *set, const char *name, const struct strv *extra,
		  struct conf *conf);

/* Whether a component is wanted by name; whether it was removed, wanted again or not. */
bool conf_wants(const struct conf *conf, const char *name);
bool conf_removes(const struct conf *conf, const char *name);

#endif
