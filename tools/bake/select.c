// SPDX-License-Identifier: GPL-2.0
/* From the components that a configuration wants to the modules that are linked. */
#include "kit.h"
#include "file.h"

#include <stdlib.h>
#include <string.h>

static json_t *components(json_t *index)
{
	return json_object_get(index, "components");
}

static json_t *module(json_t *index, const char *name)
{
	return json_object_get(json_object_get(index, "modules"), name);
}

static bool in_other_base(const char *name, const char *base)
{
	json_t *indexes = kit_indexes(), *index;
	const char *other;
	bool found = false;

	json_object_foreach (indexes, other, index)
		found |= strcmp(other, base) && json_object_get(components(index), name);
	json_decref(indexes);
	return found;
}

static _Noreturn void unknown_component(json_t *index, const struct conf *conf,
					const struct conf_want *w)
{
	struct strv names = { 0 };
	const char *name, *near;
	json_t *value;

	if (in_other_base(w->name, conf->base))
		die_usage("%s: component %s does not exist in base %s; choose another base",
			  w->where, w->name, conf->base);
	json_object_foreach (components(index), name, value)
		strv_add(&names, name);
	near = nearest(w->name, &names);
	die_usage("%s: no component %s%s%s%s", w->where, w->name, near ? "; did you mean " : "",
		  near ? near : "", near ? "?" : "");
}

/* Whether a module cannot do without another. */
static bool relies_on(json_t *index, const char *name, const char *other)
{
	json_t *need;
	size_t i;

	json_array_foreach (json_object_get(module(index, name), "needs"), i, need) {
		const char *next = json_string_value(need);

		if (!strcmp(next, other) || relies_on(index, next, other))
			return true;
	}
	return false;
}

static void take_module(struct selection *s, const char *name);

/* What belongs before a module but relies on it comes after it: then "before" means "with". */
static void take_before(struct selection *s, const char *name, bool after)
{
	json_t *item;
	size_t i;

	json_array_foreach (json_object_get(module(s->index, name), "before"), i, item)
		if (relies_on(s->index, json_string_value(item), name) == after)
			take_module(s, json_string_value(item));
}

/* Needs first, so that the order of the list is the order of initialisation. */
static void take_module(struct selection *s, const char *name)
{
	json_t *need;
	size_t i;

	if (strv_has(&s->modules, name))
		return;
	take_before(s, name, false);
	json_array_foreach (json_object_get(module(s->index, name), "needs"), i, need)
		take_module(s, json_string_value(need));
	if (!strv_has(&s->modules, name))
		strv_add(&s->modules, name);
	take_before(s, name, true);
}

static void take_component(struct selection *s, const char *name)
{
	json_t *c = json_object_get(components(s->index), name), *item;
	size_t i;

	if (strv_has(&s->components, name))
		return;
	json_array_foreach (json_object_get(c, "needs"), i, item)
		take_component(s, json_string_value(item));
	json_array_foreach (json_object_get(c, "with"), i, item)
		take_module(s, json_string_value(item));
	json_array_foreach (json_object_get(c, "modules"), i, item)
		take_module(s, json_string_value(item));
	strv_add(&s->components, name);
}

/* A component that came only as somebody's modules counts as chosen, too. */
static void name_components(struct selection *s)
{
	const char *name;
	json_t *c;

	json_object_foreach (components(s->index), name, c) {
		json_t *m;
		size_t i;
		/* One that is but a program has to be asked for. */
		bool all = json_array_size(json_object_get(c, "modules"));

		json_array_foreach (json_object_get(c, "modules"), i, m)
			all = all && strv_has(&s->modules, json_string_value(m));
		if (all && !strv_has(&s->components, name))
			strv_add(&s->components, name);
	}
}

static void check_removed(const struct conf *conf, const struct selection *s)
{
	for (size_t i = 0; i < conf->nremoved; i++) {
		const char *name = conf->removed[i].name;

		if (!json_object_get(components(s->index), name))
			unknown_component(s->index, conf, &conf->removed[i]);
		if (!conf_wants(conf, name) && strv_has(&s->components, name))
			die_usage("%s: %s cannot be removed, as another component needs it",
				  conf->removed[i].where, name);
	}
}

void select_components(const struct conf *conf, struct selection *s)
{
	memset(s, 0, sizeof(*s));
	s->index = kit_index(conf->base);
	for (size_t i = 0; i < conf->n; i++) {
		if (!json_object_get(components(s->index), conf->wants[i].name))
			unknown_component(s->index, conf, &conf->wants[i]);
		take_component(s, conf->wants[i].name);
	}
	name_components(s);
	check_removed(conf, s);
}

void selected_programs(const struct selection *s, struct strv *names)
{
	json_t *item;
	size_t j;

	for (size_t i = 0; i < s->components.n; i++) {
		json_t *c = json_object_get(components(s->index), s->components.v[i]);

		json_array_foreach (json_object_get(c, "programs"), j, item)
			strv_add(names, json_string_value(item));
	}
}

size_t module_bytes(const struct selection *s, const char *name)
{
	return json_integer_value(json_object_get(module(s->index, name), "bytes"));
}

bool module_has_init(const struct selection *s, const char *name)
{
	return json_is_true(json_object_get(module(s->index, name), "init"));
}

static size_t program_bytes(const json_t *component)
{
	const json_t *item;
	size_t i, bytes = 0;

	json_array_foreach (json_object_get(component, "programs"), i, item) {
		char *path = kit_path("%s", json_string_value(item));

		bytes += exists(path) ? file_size(path) : 0;
		free(path);
	}
	return bytes;
}

size_t component_bytes(json_t *index, const char *name)
{
	json_t *c = json_object_get(components(index), name), *item;
	size_t i, bytes = 0;

	json_array_foreach (json_object_get(c, "modules"), i, item) {
		json_t *m = module(index, json_string_value(item));

		bytes += json_integer_value(json_object_get(m, "bytes"));
	}
	return bytes + program_bytes(c);
}

const char *component_text(json_t *index, const char *name, const char *key)
{
	return json_string_value(json_object_get(json_object_get(components(index), name), key));
}

bool component_has(json_t *index, const char *name, const char *module)
{
	json_t *c = json_object_get(components(index), name), *item;
	size_t i;

	json_array_foreach (json_object_get(c, "modules"), i, item)
		if (!strcmp(json_string_value(item), module))
			return true;
	return false;
}
