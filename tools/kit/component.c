// SPDX-License-Identifier: GPL-2.0
#include "component.h"
#include "file.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

char *module_name(const char *object)
{
	const char *slash = strrchr(object, '/');
	char *name = xstrdup(slash ? slash + 1 : object), *end = strrchr(name, '.');

	if (end && (!strcmp(end, ".o") || !strcmp(end, ".ko")))
		*end = 0;
	for (char *s = name; *s; s++)
		if (*s == '-')
			*s = '_';
	return name;
}

static struct component *component_add(struct components *all, const char *name)
{
	struct component *c;

	all->v = xrealloc(all->v, (all->n + 1) * sizeof(*all->v));
	c = &all->v[all->n++];
	memset(c, 0, sizeof(*c));
	c->name = xstrdup(name);
	return c;
}

static void add_modules(struct component *c, const char *names)
{
	struct strv words = { 0 };

	strv_split(&words, names, " \t");
	for (size_t i = 0; i < words.n; i++) {
		char *name = module_name(words.v[i]);

		strv_add(&c->modules, name);
		free(name);
	}
	strv_free(&words);
}

static bool component_key(struct component *c, const char *key, const char *value)
{
	if (!strcmp(key, "text"))
		c->text = xstrdup(value);
	else if (!strcmp(key, "faction"))
		c->faction = xstrdup(value);
	else if (!strcmp(key, "base"))
		c->kind = xstrdup(value);
	else if (!strcmp(key, "option"))
		strv_split(&c->options, value, " \t");
	else if (!strcmp(key, "module"))
		add_modules(c, value);
	else if (!strcmp(key, "object"))
		strv_split(&c->objects, value, " \t");
	else if (!strcmp(key, "program"))
		strv_split(&c->programs, value, " \t");
	else if (!strcmp(key, "needs"))
		strv_split(&c->needs, value, " \t");
	else
		return false;
	return true;
}

static void parse_line(struct components *all, char *line, const char *path, size_t number)
{
	char *key = line + strspn(line, " \t"), *value;

	if (!*key || *key == '#')
		return;
	value = key + strcspn(key, " \t");
	if (*value)
		*value++ = 0;
	value += strspn(value, " \t");
	if (!*value)
		die("%s:%zu: %s needs a value", path, number, key);
	if (!strcmp(key, "component"))
		component_add(all, value);
	else if (!all->n || !component_key(&all->v[all->n - 1], key, value))
		die("%s:%zu: unknown key %s", path, number, key);
}

void components_read(struct components *all, const char *path)
{
	char *text = read_file(path, NULL), *rest = text, *line;
	size_t number = 0;

	while ((line = strsep(&rest, "\n")))
		parse_line(all, line, path, ++number);
	free(text);
	for (size_t i = 0; i < all->n; i++)
		if (!all->v[i].text || !all->v[i].faction ||
		    !(all->v[i].modules.n || all->v[i].objects.n || all->v[i].programs.n))
			die("%s: component %s lacks text, faction, or module, object and program",
			    path, all->v[i].name);
}

bool component_fits(const struct component *c, const char *kind)
{
	return !c->kind || !strcmp(c->kind, kind);
}
