// SPDX-License-Identifier: GPL-2.0
/* The default configuration document of an image: the one that rumprun's options change. */
#include "bake.h"
#include "config.h"

#include <string.h>

static void load_document(struct bake *b)
{
	struct config_error error;

	if (!b->opt.document)
		b->document = json_object();
	else if (config_load(b->opt.document, &b->document, &error))
		die_usage("%s", error.text);
}

static void add_environment(struct bake *b)
{
	json_t *env = json_object_get(b->document, "env");

	if (!b->opt.env.n)
		return;
	if (!env) {
		env = json_object();
		json_object_set_new(b->document, "env", env);
	}
	for (size_t i = 0; i < b->opt.env.n; i++) {
		char *name = b->opt.env.v[i], *equals = strchr(name, '=');

		if (!equals || equals == name)
			die_usage("--env %s: expected NAME=VALUE", name);
		*equals = 0;
		json_object_set_new(env, name, json_string(equals + 1));
		*equals = '=';
	}
}

static json_t *describe_program(const struct bake *b, size_t index)
{
	const struct program *p = &b->programs[index];
	json_t *args = json_array(), *out = json_pack("{s:s}", "path", p->path);

	for (size_t i = 0; i < p->args.n; i++)
		json_array_append_new(args, json_string(p->args.v[i]));
	if (p->args.n)
		json_object_set(out, "args", args);
	if (b->opt.pipe && index + 1 < b->nprograms)
		json_object_set_new(out, "pipe", json_true());
	json_decref(args);
	return out;
}

/* Programs of the document stay where no program is baked in by name. */
static void add_programs(struct bake *b)
{
	json_t *programs = json_array();

	for (size_t i = 0; i < b->nprograms; i++)
		json_array_append_new(programs, describe_program(b, i));
	if (b->nprograms)
		json_object_set(b->document, "programs", programs);
	json_decref(programs);
}

/*
 * A root in memory is memory that the program cannot have. One that is unpacked is there twice
 * while that is done.
 */
static void add_memory(struct bake *b)
{
	json_int_t memory = b->conf.memory, root = (b->root_size + (1 << 20) - 1) >> 20;

	if (b->root_in == ROOT_RAM)
		memory += 2 * root;
	else if (b->root_in == ROOT_MEMORY && !bakes_process(b))
		memory += root;
	if (!json_object_get(b->document, "memory"))
		json_object_set_new(b->document, "memory", json_integer(memory));
}

void make_document(struct bake *b)
{
	struct config_error error;

	load_document(b);
	add_environment(b);
	add_programs(b);
	add_memory(b);
	if (b->opt.read_only)
		json_object_set_new(b->document, "read_only", json_true());
	if (config_check(b->document, &error))
		die_usage("%s", error.text);
}
