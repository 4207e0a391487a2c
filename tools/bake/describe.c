// SPDX-License-Identifier: GPL-2.0
/* rumprun-bake list and describe: for people, and with --json for scripts. */
#include "bake.h"

#include <stdio.h>
#include <string.h>

static void print_json(json_t *value)
{
	json_dumpf(value, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(value);
}

static json_t *list_configurations(const struct conf_set *set)
{
	json_t *out = json_object();

	for (size_t i = 0; i < set->n; i++)
		json_object_set_new(out, set->v[i].name,
				    json_string(set->v[i].text ? set->v[i].text : ""));
	return out;
}

/* Every component once, with the bases that have it. */
static json_t *list_components(void)
{
	json_t *out = json_object(), *indexes = kit_indexes(), *index, *c, *item;
	const char *base, *name;

	json_object_foreach (indexes, base, index) {
		json_object_foreach (json_object_get(index, "components"), name, c) {
			item = json_object_get(out, name);
			if (!item) {
				item = json_pack("{s:O, s:O, s:I, s:[]}", "text",
						 json_object_get(c, "text"), "faction",
						 json_object_get(c, "faction"), "bytes",
						 (json_int_t)component_bytes(index, name), "bases");
				json_object_set_new(out, name, item);
			}
			json_array_append_new(json_object_get(item, "bases"), json_string(base));
		}
	}
	json_decref(indexes);
	return out;
}

static void print_component(const char *name, json_t *c)
{
	json_t *bases = json_object_get(c, "bases"), *base;
	size_t i;

	printf("  %-16s %-7s %8s  %s (", name, json_string_value(json_object_get(c, "faction")),
	       human_size(json_integer_value(json_object_get(c, "bytes"))),
	       json_string_value(json_object_get(c, "text")));
	json_array_foreach (bases, i, base)
		printf("%s%s", i ? ", " : "", json_string_value(base));
	puts(")");
}

void show_list(struct bake *b)
{
	json_t *configurations = list_configurations(&b->set), *components = list_components();
	const char *name;
	json_t *value;

	if (b->opt.json) {
		print_json(json_pack("{s:o, s:o}", "configurations", configurations, "components",
				     components));
		return;
	}
	puts("Configurations:");
	json_object_foreach (configurations, name, value)
		printf("  %-16s %s\n", name, json_string_value(value));
	puts("\nComponents, with what they take by themselves and the bases that have them:");
	json_object_foreach (components, name, value)
		print_component(name, value);
	json_decref(configurations);
	json_decref(components);
}

static bool belongs(const struct selection *s, const char *module)
{
	for (size_t i = 0; i < s->components.n; i++)
		if (component_has(s->index, s->components.v[i], module))
			return true;
	return false;
}

/* Modules that belong to no chosen component: what components share. */
static size_t shared_bytes(const struct selection *s, size_t *count)
{
	size_t bytes = 0;

	for (size_t i = 0; i < s->modules.n; i++) {
		if (belongs(s, s->modules.v[i]))
			continue;
		bytes += module_bytes(s, s->modules.v[i]);
		++*count;
	}
	return bytes;
}

static size_t base_bytes(const struct selection *s)
{
	return json_integer_value(json_object_get(s->index, "bytes"));
}

static size_t all_bytes(const struct selection *s)
{
	size_t bytes = base_bytes(s);

	for (size_t i = 0; i < s->modules.n; i++)
		bytes += module_bytes(s, s->modules.v[i]);
	return bytes;
}

static json_t *describe_json(const struct bake *b)
{
	const struct selection *s = &b->selection;
	size_t count = 0;
	json_t *components = json_array(), *modules = json_array();

	for (size_t i = 0; i < s->components.n; i++)
		json_array_append_new(
			components,
			json_pack("{s:s, s:I, s:b}", "name", s->components.v[i], "bytes",
				  (json_int_t)component_bytes(s->index, s->components.v[i]),
				  "dependency", !conf_wants(&b->conf, s->components.v[i])));
	for (size_t i = 0; i < s->modules.n; i++)
		json_array_append_new(modules,
				      json_pack("{s:s, s:I}", "name", s->modules.v[i], "bytes",
						(json_int_t)module_bytes(s, s->modules.v[i])));
	return json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:i, s:o, s:o}", "config", b->conf.name,
			 "text", b->conf.text, "base", b->conf.base, "base_bytes",
			 (json_int_t)base_bytes(s), "shared_bytes",
			 (json_int_t)shared_bytes(s, &count), "bytes", (json_int_t)all_bytes(s),
			 "memory", b->conf.memory, "components", components, "modules", modules);
}

void show_configuration(struct bake *b)
{
	const struct selection *s = &b->selection;
	size_t shared, count = 0;

	if (b->opt.json) {
		print_json(describe_json(b));
		return;
	}
	shared = shared_bytes(s, &count);
	printf("%s: %s\n", b->conf.name, b->conf.text);
	printf("base %s (%s), memory %d MB\n", b->conf.base, human_size(base_bytes(s)),
	       b->conf.memory);
	for (size_t i = 0; i < s->components.n; i++) {
		const char *name = s->components.v[i];

		printf("  %-16s %-7s %8s  %s%s\n", name, component_text(s->index, name, "faction"),
		       human_size(component_bytes(s->index, name)),
		       component_text(s->index, name, "text"),
		       conf_wants(&b->conf, name) ? "" : " (needed by others)");
	}
	printf("  %-24s %8s  %zu modules that components share\n", "", human_size(shared), count);
	printf("  %-24s %8s  in all, with the base\n", "", human_size(all_bytes(s)));
	puts("Sizes are before the linker drops what nobody uses.");
}
