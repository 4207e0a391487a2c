// SPDX-License-Identifier: GPL-2.0
/*
 * Take the base kernel apart: what a component names by "object" becomes an object of its own, the
 * rest is the base. Sections keep apart in both (ld --unique), for the linker to drop one by one.
 */
#include "kit.h"
#include "child.h"
#include "file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* As make has it: a % at the end stands for anything. An object may have been worked on. */
static bool matches(const char *object, const char *pattern)
{
	size_t n = strlen(pattern);

	if (pattern[n - 1] == '%')
		return !strncmp(object, pattern, n - 1);
	return starts_with(object, pattern) && (!object[n] || object[n] == '.');
}

static bool belongs(const struct component *c, const char *object)
{
	for (size_t i = 0; i < c->objects.n; i++)
		if (matches(object, c->objects.v[i]))
			return true;
	return false;
}

/* Move what belongs to the component from one list to the other. */
static void take(const struct component *c, struct strv *from, struct strv *to)
{
	struct strv rest = { 0 };

	for (size_t i = 0; i < from->n; i++)
		strv_add(belongs(c, from->v[i]) ? to : &rest, from->v[i]);
	strv_free(from);
	*from = rest;
}

static void link_objects(const struct strv *objects, const char *out)
{
	char *list = xasprintf("%s.list", out), *partial = xasprintf("%s.tmp", out);
	char *response = xasprintf("@%s", list), *text = xstrdup("");
	char *argv[] = { "ld", "-m", "elf_x86_64", "-z",     "noexecstack", "--unique",
			 "-r", "-o", partial,	   response, NULL };

	for (size_t i = 0; i < objects->n; i++) {
		char *more = xasprintf("%s%s\n", text, objects->v[i]);

		free(text);
		text = more;
	}
	write_file(list, text, strlen(text));
	run(argv, "apt-get install binutils");
	rename_file(partial, out);
	unlink(list);
	free(text);
	free(response);
	free(partial);
	free(list);
}

void kit_base(const struct components *all, const char *kind, const char *list, const char *dir)
{
	char *text = read_file(list, NULL), *kernel = xasprintf("%s/kernel.o", dir);
	struct strv rest = { 0 };

	strv_split(&rest, text, "\n");
	kit_clear(&rest);
	for (size_t i = 0; i < all->n; i++) {
		const struct component *c = &all->v[i];
		struct strv own = { 0 };
		char *out;

		if (!c->objects.n || !component_fits(c, kind))
			continue;
		take(c, &rest, &own);
		if (!own.n)
			die("component %s: Linux built none of its objects", c->name);
		out = xasprintf("%s/components/%s.o", dir, c->name);
		make_parents(out);
		link_objects(&own, out);
		free(out);
		strv_free(&own);
	}
	link_objects(&rest, kernel);
	free(kernel);
	free(text);
}
