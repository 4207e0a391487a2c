// SPDX-License-Identifier: GPL-2.0
#include "module.h"
#include "component.h"
#include "elffile.h"
#include "file.h"

#include <stdlib.h>
#include <string.h>

#define EXPORT_MARK "__export_symbol_"

bool module_symbol_is_special(const char *name)
{
	static const char *const special[] = { "__this_module", "jiffies" };

	for (size_t i = 0; i < sizeof(special) / sizeof(*special); i++)
		if (!strcmp(name, special[i]))
			return true;
	return false;
}

static void symbol(const char *name, const GElf_Sym *sym, void *arg)
{
	struct module *m = arg;

	if (starts_with(name, EXPORT_MARK))
		strv_add(&m->exports, name + strlen(EXPORT_MARK));
	else if (!strcmp(name, "init_module"))
		m->init = true;
	else if (sym->st_shndx == SHN_UNDEF && GELF_ST_BIND(sym->st_info) == STB_GLOBAL &&
		 !module_symbol_is_special(name))
		strv_add(&m->undefined, name);
}

/* "pre: a b post: c": only what stands behind pre: must come first. */
static void soft_dependencies(struct module *m, const char *text)
{
	struct strv words = { 0 };
	bool before = false;

	strv_split(&words, text, " ");
	for (size_t i = 0; i < words.n; i++) {
		if (words.v[i][strlen(words.v[i]) - 1] == ':')
			before = !strcmp(words.v[i], "pre:");
		else if (before)
			strv_add(&m->before, words.v[i]);
	}
	strv_free(&words);
}

static void module_information(struct module *m, const char *info, size_t size)
{
	for (const char *s = info; s && s < info + size; s += strlen(s) + 1) {
		if (starts_with(s, "alias="))
			strv_add(&m->aliases, s + strlen("alias="));
		else if (starts_with(s, "softdep="))
			soft_dependencies(m, s + strlen("softdep="));
	}
}

void module_read(struct module *m, const char *path)
{
	struct elf_file f;
	const char *info;
	size_t size;

	memset(m, 0, sizeof(*m));
	m->path = xstrdup(path);
	m->name = module_name(path);
	if (!elf_open(&f, m->path))
		die("%s is not an ELF object", path);
	elf_symbols(&f, symbol, m);
	info = elf_section_data(&f, ".modinfo", &size);
	module_information(m, info, size);
	m->bytes = elf_alloc_bytes(&f);
	elf_shut(&f);
}

static void part_symbol(const char *name, const GElf_Sym *sym, void *arg)
{
	struct module *m = arg;

	if (GELF_ST_BIND(sym->st_info) == STB_GLOBAL)
		strv_add(sym->st_shndx == SHN_UNDEF ? &m->undefined : &m->exports, name);
}

void part_read(struct module *m, const char *name, const char *path)
{
	struct elf_file f;

	memset(m, 0, sizeof(*m));
	m->path = xstrdup(path);
	m->name = xstrdup(name);
	m->part = true;
	if (!elf_open(&f, m->path))
		die("%s is not an ELF object", path);
	elf_symbols(&f, part_symbol, m);
	m->bytes = elf_alloc_bytes(&f);
	elf_shut(&f);
}

void modules_read(struct modules *all, const char *tree)
{
	char *order = xasprintf("%s/modules.order", tree);
	char *text = read_file(order, NULL);
	struct strv lines = { 0 };

	strv_split(&lines, text, "\n");
	all->v = xcalloc(lines.n + 1, sizeof(*all->v));
	for (all->n = 0; all->n < lines.n; all->n++) {
		char *path = xasprintf("%s/%s", tree, lines.v[all->n]);

		module_read(&all->v[all->n], path);
		free(path);
	}
	strv_free(&lines);
	free(text);
	free(order);
}
