/* SPDX-License-Identifier: GPL-2.0 */
/* The kit: base kernels with their components, made by kernel/Makefile. */
#ifndef RUMPRUN_BAKE_KIT_H
#define RUMPRUN_BAKE_KIT_H

#include "conf.h"
#include "paths.h"
#include "util.h"

#include <jansson.h>

/* The indexes of the bases that are built, and that we can use, by the bases' names; to be freed.
 */
json_t *kit_indexes(void);

/* Ends the program where there is no such base, or one that we cannot use. */
json_t *kit_index(const char *base);

/* What goes into an image: components by name, modules in the order they start. */
struct selection {
	json_t *index;
	struct strv components;
	struct strv modules;
};

void select_components(const struct conf *conf, struct selection *s);

/* Programs of the kit that chosen components consist of. */
void selected_programs(const struct selection *s, struct strv *names);

size_t module_bytes(const struct selection *s, const char *module);
bool module_has_init(const struct selection *s, const char *module);

/* Bytes of a component with everything that only it brings along is not known; these are its own.
 */
size_t component_bytes(json_t *index, const char *component);
bool component_has(json_t *index, const char *component, const char *module);
const char *component_text(json_t *index, const char *component, const char *key);

#endif
