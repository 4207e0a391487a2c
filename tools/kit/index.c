// SPDX-License-Identifier: GPL-2.0
/*
 * The index of a base: which component consists of which modules, and what each needs. A module
 * needs those whose exports it uses; what stands in its MODULE_SOFTDEP belongs before it, too.
 * Parts of the base kernel are treated as modules; what has a stand-in in the base needs no part.
 */
#include "kit.h"
#include "elffile.h"
#include "file.h"
#include "kitversion.h"
#include "module.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct symbol {
	const char *name;
	const struct module *owner; /* NULL for the base kernel */
};

struct symbols {
	struct symbol *v;
	size_t n, room;
};

static void symbols_add(struct symbols *s, const char *name, const struct module *owner)
{
	if (s->n == s->room) {
		s->room = s->room ? 2 * s->room : 4096;
		s->v = xrealloc(s->v, s->room * sizeof(*s->v));
	}
	s->v[s->n++] = (struct symbol){ name, owner };
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct symbol *)a)->name, ((const struct symbol *)b)->name);
}

/* The base's own first. */
static int by_name_and_owner(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;
	int order = by_name(a, b);

	return order ? order : !!x->owner - !!y->owner;
}

/* Of symbols that base and part both have, weak the one and strong the other, the base's. */
static void symbols_sort(struct symbols *s)
{
	size_t n = 0;

	qsort(s->v, s->n, sizeof(*s->v), by_name_and_owner);
	for (size_t i = 0; i < s->n; i++)
		if (!n || strcmp(s->v[i].name, s->v[n - 1].name))
			s->v[n++] = s->v[i];
	s->n = n;
}

static void kernel_symbol(const char *name, const GElf_Sym *sym, void *arg)
{
	if (sym->st_shndx != SHN_UNDEF && GELF_ST_BIND(sym->st_info) != STB_LOCAL)
		symbols_add(arg, xstrdup(name), NULL);
}

static void symbols_collect(struct symbols *s, const struct modules *all, const char *kernel)
{
	struct elf_file f;

	if (!elf_open(&f, kernel))
		die("%s is not an ELF object", kernel);
	elf_symbols(&f, kernel_symbol, s);
	elf_shut(&f);
	for (size_t i = 0; i < all->n; i++)
		for (size_t j = 0; j < all->v[i].exports.n; j++)
			symbols_add(s, all->v[i].exports.v[j], &all->v[i]);
	symbols_sort(s);
}

static void add_once(json_t *array, const char *s)
{
	json_t *item;
	size_t i;

	json_array_foreach (array, i, item)
		if (!strcmp(json_string_value(item), s))
			return;
	json_array_append_new(array, json_string(s));
}

/* A module by its name or by an alias, as MODULE_SOFTDEP and the crypto core name it. */
static const struct module *module_find(const struct modules *all, const char *wanted)
{
	char *name = module_name(wanted);
	const struct module *found = NULL;

	for (size_t i = 0; i < all->n && !found; i++)
		if (!strcmp(all->v[i].name, name) || strv_has(&all->v[i].aliases, wanted))
			found = &all->v[i];
	free(name);
	return found;
}

static json_t *module_needs(const struct module *m, const struct symbols *symbols)
{
	json_t *needs = json_array();

	for (size_t i = 0; i < m->undefined.n; i++) {
		struct symbol key = { m->undefined.v[i], NULL };
		struct symbol *s = bsearch(&key, symbols->v, symbols->n, sizeof(key), by_name);

		/* The linker script, too, provides what parts of the base refer to. */
		if (!s && !m->part)
			die("%s needs the symbol %s, which nothing provides", m->path, key.name);
		if (s && s->owner && s->owner != m)
			add_once(needs, s->owner->name);
	}
	return needs;
}

static json_t *module_before(const struct module *m, const struct modules *all)
{
	json_t *before = json_array();

	for (size_t i = 0; i < m->before.n; i++) {
		const struct module *other = module_find(all, m->before.v[i]);

		if (other && other != m)
			add_once(before, other->name);
	}
	return before;
}

static json_t *index_modules(const struct modules *all, const struct symbols *symbols)
{
	json_t *out = json_object();

	for (size_t i = 0; i < all->n; i++) {
		const struct module *m = &all->v[i];

		json_object_set_new(out, m->name,
				    json_pack("{s:I, s:b, s:o, s:o}", "bytes", (json_int_t)m->bytes,
					      "init", m->init, "needs", module_needs(m, symbols),
					      "before", module_before(m, all)));
	}
	return out;
}

static bool is_component(const struct components *all, const char *name, const char *kind)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->v[i].name, name) && component_fits(&all->v[i], kind))
			return true;
	return false;
}

static json_t *component_modules(const struct component *c, const struct modules *modules)
{
	json_t *list = json_array();

	if (c->objects.n)
		json_array_append_new(list, json_string(c->name));
	for (size_t i = 0; i < c->modules.n; i++) {
		const struct module *m = module_find(modules, c->modules.v[i]);

		if (!m)
			die("component %s: Linux built no module %s", c->name, c->modules.v[i]);
		add_once(list, m->name);
	}
	return list;
}

static json_t *names(const struct strv *list)
{
	json_t *out = json_array();

	for (size_t i = 0; i < list->n; i++)
		add_once(out, list->v[i]);
	return out;
}

/* What it needs is a component, or else a module that no component is made of: "with". */
static json_t *index_component(const struct component *c, const struct components *all,
			       const struct modules *modules, const char *kind)
{
	json_t *needs = json_array(), *with = json_array();

	for (size_t i = 0; i < c->needs.n; i++) {
		const char *name = c->needs.v[i];
		const struct module *m;

		if (is_component(all, name, kind)) {
			add_once(needs, name);
			continue;
		}
		m = module_find(modules, name);
		if (!m)
			die("component %s needs %s, which does not exist", c->name, name);
		add_once(with, m->name);
	}
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "text", c->text, "faction", c->faction,
			 "modules", component_modules(c, modules), "programs", names(&c->programs),
			 "with", with, "needs", needs);
}

static json_t *index_components(const struct components *all, const struct modules *modules,
				const char *kind)
{
	json_t *out = json_object();

	for (size_t i = 0; i < all->n; i++)
		if (component_fits(&all->v[i], kind))
			json_object_set_new(out, all->v[i].name,
					    index_component(&all->v[i], all, modules, kind));
	return out;
}

static bool has_option(const char *tree, const char *line)
{
	char *path = xasprintf("%s/include/config/auto.conf", tree);
	char *text = read_file(path, NULL), *found = strstr(text, line);

	free(text);
	free(path);
	return found;
}

static json_int_t kernel_bytes(const char *kernel)
{
	struct elf_file f;
	json_int_t bytes = elf_open(&f, kernel) ? elf_alloc_bytes(&f) : 0;

	elf_shut(&f);
	return bytes;
}

static void add_parts(struct modules *modules, const struct components *all, const char *kind,
		      const char *dir)
{
	for (size_t i = 0; i < all->n; i++) {
		char *path;

		if (!all->v[i].objects.n || !component_fits(&all->v[i], kind))
			continue;
		path = xasprintf("%s/components/%s.o", dir, all->v[i].name);
		modules->v = xrealloc(modules->v, (modules->n + 1) * sizeof(*modules->v));
		part_read(&modules->v[modules->n++], all->v[i].name, path);
		free(path);
	}
}

void kit_index(const struct components *all, const char *base, const char *kind, const char *tree,
	       const char *dir)
{
	char *kernel = xasprintf("%s/kernel.o", dir);
	struct modules modules = { 0 };
	struct symbols symbols = { 0 };
	char *release_path = xasprintf("%s/include/config/kernel.release", tree), *release;
	json_t *index;

	modules_read(&modules, tree);
	add_parts(&modules, all, kind, dir);
	symbols_collect(&symbols, &modules, kernel);
	release = read_file(release_path, NULL);
	release[strcspn(release, "\n")] = 0;
	index = json_pack("{s:i, s:s, s:s, s:s, s:I, s:b, s:o, s:o}", "version", KIT_VERSION,
			  "base", base, "platform",
			  has_option(tree, "CONFIG_RUMP_PROC=y") ? "proc" : "hw", "release",
			  release, "bytes", kernel_bytes(kernel), "relative_initcalls",
			  has_option(tree, "CONFIG_HAVE_ARCH_PREL32_RELOCATIONS=y"), "components",
			  index_components(all, &modules, kind), "modules",
			  index_modules(&modules, &symbols));
	json_dumpf(index, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(index);
}
