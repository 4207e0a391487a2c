// SPDX-License-Identifier: GPL-2.0
#include "conf.h"
#include "file.h"

#include <stdlib.h>
#include <string.h>

#define DEEPEST 16

static const char *const keys[] = { "text", "inherit", "base", "add", "remove", "memory" };

static bool known_key(const char *key)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (!strcmp(keys[i], key))
			return true;
	return false;
}

static _Noreturn void unknown_key(const char *where, const char *key)
{
	struct strv all = { 0 };
	const char *near;

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		strv_add(&all, keys[i]);
	near = nearest(key, &all);
	if (near)
		die_usage("%s: unknown word %s; did you mean %s?", where, key, near);
	die_usage("%s: unknown word %s", where, key);
}

static struct conf_def *begin(struct conf_set *set, const char *name, const char *where)
{
	struct conf_def *def;

	set->v = xrealloc(set->v, (set->n + 1) * sizeof(*set->v));
	def = &set->v[set->n++];
	*def = (struct conf_def){ .name = xstrdup(name), .where = xstrdup(where) };
	return def;
}

static struct conf_line *add_line(struct conf_def *def, const char *key, const char *where)
{
	struct conf_line *line;

	def->lines = xrealloc(def->lines, (def->n + 1) * sizeof(*def->lines));
	line = &def->lines[def->n++];
	*line = (struct conf_line){ .key = xstrdup(key), .where = xstrdup(where) };
	return line;
}

/* One line of text into the configuration that is being defined. */
static void parse(struct conf_set *set, char *text, const char *where)
{
	char *key = text + strspn(text, " \t"), *value = key + strcspn(key, " \t");
	struct conf_line *line;
	char *hash = strchr(text, '#');

	if (hash)
		*hash = 0;
	if (!*key)
		return;
	if (*value)
		*value++ = 0;
	value += strspn(value, " \t");
	if (!*value)
		die_usage("%s: %s needs something behind it", where, key);
	if (!strcmp(key, "config")) {
		begin(set, value, where);
		return;
	}
	if (!known_key(key))
		unknown_key(where, key);
	if (!set->n)
		die_usage("%s: a configuration begins with \"config NAME\"", where);
	if (!strcmp(key, "text")) {
		set->v[set->n - 1].text = xstrdup(value);
		return;
	}
	line = add_line(&set->v[set->n - 1], key, where);
	strv_split(&line->words, value, " \t");
}

void conf_read(struct conf_set *set, const char *path)
{
	char *text = read_file(path, NULL), *rest = text, *line;
	struct conf_set own = { 0 };
	size_t number = 0;

	while ((line = strsep(&rest, "\n"))) {
		char *where = xasprintf("%s:%zu", path, ++number);

		parse(&own, line, where);
		free(where);
	}
	free(text);
	set->v = xrealloc(set->v, (set->n + own.n + 1) * sizeof(*set->v));
	for (size_t i = 0; i < own.n; i++)
		set->v[set->n++] = own.v[i];
	free(own.v);
}

void conf_read_dir(struct conf_set *set, const char *dir)
{
	struct strv names = { 0 };

	list_dir(dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		const char *end = strrchr(names.v[i], '.');
		char *path = xasprintf("%s/%s", dir, names.v[i]);

		if (end && !strcmp(end, ".conf"))
			conf_read(set, path);
		free(path);
	}
	strv_free(&names);
}

/* The newest definition before a given one, so that a file may extend a name it replaces. */
static size_t find(const struct conf_set *set, const char *name, size_t before)
{
	while (before-- > 0)
		if (!strcmp(set->v[before].name, name))
			return before;
	return set->n;
}

static _Noreturn void unknown_config(const struct conf_set *set, const char *name,
				     const char *where)
{
	struct strv names = { 0 };
	const char *near;

	for (size_t i = 0; i < set->n; i++)
		strv_add(&names, set->v[i].name);
	near = nearest(name, &names);
	die_usage("%s%sno configuration %s%s%s%s; \"rumprun-bake list\" shows them",
		  where ? where : "", where ? ": " : "", name, near ? "; did you mean " : "",
		  near ? near : "", near ? "?" : "");
}

static bool names(const struct conf_want *wants, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(wants[i].name, name))
			return true;
	return false;
}

bool conf_wants(const struct conf *conf, const char *name)
{
	return names(conf->wants, conf->n, name);
}

bool conf_removes(const struct conf *conf, const char *name)
{
	return names(conf->removed, conf->nremoved, name);
}

static void want(struct conf *conf, const char *name, const char *where)
{
	if (conf_wants(conf, name))
		return;
	conf->wants = xrealloc(conf->wants, (conf->n + 1) * sizeof(*conf->wants));
	conf->wants[conf->n++] = (struct conf_want){ xstrdup(name), xstrdup(where) };
}

/* One that was not wanted is kept out all the same, should somebody bring it along. */
static void unwant(struct conf *conf, const char *name, const char *where)
{
	size_t kept = 0;

	for (size_t i = 0; i < conf->n; i++)
		if (strcmp(conf->wants[i].name, name))
			conf->wants[kept++] = conf->wants[i];
	conf->n = kept;
	conf->removed = xrealloc(conf->removed, (conf->nremoved + 1) * sizeof(*conf->removed));
	conf->removed[conf->nremoved++] = (struct conf_want){ xstrdup(name), xstrdup(where) };
}

static int parse_memory(const struct conf_line *line)
{
	char *end;
	long mb = strtol(line->words.v[0], &end, 10);

	if (*end || mb < 1 || mb > 65536 || line->words.n != 1)
		die_usage("%s: memory is a number of megabytes from 1 to 65536", line->where);
	return mb;
}

static void apply(const struct conf_set *set, size_t index, struct conf *conf, int depth);

static void apply_inherit(const struct conf_set *set, size_t index, const char *name,
			  struct conf *conf, const char *where, int depth)
{
	bool self = index < set->n && !strcmp(set->v[index].name, name);
	size_t parent = find(set, name, self ? index : set->n);

	if (parent == set->n)
		unknown_config(set, name, where);
	if (depth > DEEPEST)
		die_usage("%s: %s inherits itself", where, name);
	apply(set, parent, conf, depth + 1);
}

static void apply_line(const struct conf_set *set, size_t index, const struct conf_line *line,
		       struct conf *conf, int depth)
{
	for (size_t i = 0; i < line->words.n; i++) {
		const char *word = line->words.v[i];

		if (!strcmp(line->key, "inherit")) {
			apply_inherit(set, index, word, conf, line->where, depth);
		} else if (!strcmp(line->key, "add")) {
			want(conf, word, line->where);
		} else if (!strcmp(line->key, "remove")) {
			unwant(conf, word, line->where);
		} else if (!strcmp(line->key, "base")) {
			free(conf->base);
			conf->base = xstrdup(word);
		} else {
			conf->memory = parse_memory(line);
		}
	}
}

static void apply(const struct conf_set *set, size_t index, struct conf *conf, int depth)
{
	const struct conf_def *def = &set->v[index];

	for (size_t i = 0; i < def->n; i++)
		apply_line(set, index, &def->lines[i], conf, depth);
}

static void apply_extra(const struct conf_set *set, const struct strv *extra, struct conf *conf)
{
	struct conf_set own = { 0 };

	begin(&own, "", "-m");
	for (size_t i = 0; i < extra->n; i++) {
		char *where = xasprintf("-m '%s'", extra->v[i]), *text = xstrdup(extra->v[i]);

		parse(&own, text, where);
		free(text);
		free(where);
	}
	for (size_t i = 0; i < own.v[0].n; i++)
		apply_line(set, set->n, &own.v[0].lines[i], conf, 0);
}

void conf_resolve(const struct conf_set *set, const char *name, const struct strv *extra,
		  struct conf *conf)
{
	size_t index = find(set, name, set->n);

	if (index == set->n)
		unknown_config(set, name, NULL);
	*conf = (struct conf){ .name = set->v[index].name,
			       .text = set->v[index].text ? set->v[index].text : "" };
	apply(set, index, conf, 0);
	apply_extra(set, extra, conf);
	if (!conf->base)
		die_usage("%s: configuration %s names no base", set->v[index].where, name);
	if (!conf->memory)
		conf->memory = 64;
}
