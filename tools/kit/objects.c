// SPDX-License-Identifier: GPL-2.0
/*
 * Turn Linux modules into components: the initialisation function gets a name of its own, only
 * exported symbols stay global.
 */
#include "kit.h"
#include "component.h"
#include "elffile.h"
#include "child.h"
#include "file.h"
#include "module.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool newer(const char *a, const char *b)
{
	struct stat sa, sb;

	if (stat(a, &sa))
		die_errno("%s", a);
	if (stat(b, &sb))
		return true;
	if (sa.st_mtim.tv_sec != sb.st_mtim.tv_sec)
		return sa.st_mtim.tv_sec > sb.st_mtim.tv_sec;
	return sa.st_mtim.tv_nsec > sb.st_mtim.tv_nsec;
}

static void write_globals(const struct module *m, const char *path)
{
	char *text = xasprintf("rump_component_%s_init\n", m->name);

	for (size_t i = 0; i < m->exports.n; i++) {
		char *more = xasprintf("%s%s\n", text, m->exports.v[i]);

		free(text);
		text = more;
	}
	write_file(path, text, strlen(text));
	free(text);
}

/*
 * Parameters are named as if the driver were built in: "virtio_mmio.device". In a module the name
 * has no prefix, and lies in a section of its own.
 */
static void rename_parameters(const struct module *m, const char *out, struct strv *argv)
{
	static const char mark[] = ".rodata.__param_str_";
	struct elf_file f;
	Elf_Scn *scn = NULL;

	if (!elf_open(&f, m->path))
		die("%s is not an ELF object", m->path);
	while ((scn = elf_nextscn(f.elf, scn))) {
		const char *section = elf_section_name(&f, scn);
		char *path, *name;

		if (!starts_with(section, mark))
			continue;
		path = xasprintf("%s.%s", out, section + strlen(mark));
		name = xasprintf("%s.%s", m->name, section + strlen(mark));
		write_file(path, name, strlen(name) + 1);
		strv_addf(argv, "--update-section=%s=%s", section, path);
		free(name);
		free(path);
	}
	elf_shut(&f);
}

static void remove_scratch(const char *out)
{
	char *pattern = xasprintf("%s.*", out);
	glob_t found;

	if (!glob(pattern, 0, NULL, &found)) {
		for (size_t i = 0; i < found.gl_pathc; i++)
			unlink(found.gl_pathv[i]);
		globfree(&found);
	}
	free(pattern);
}

static void make_object(const struct module *m, const char *out)
{
	char *globals = xasprintf("%s.globals", out), *partial = xasprintf("%s.tmp", out);
	struct strv argv = { 0 };

	write_globals(m, globals);
	strv_add(&argv, "objcopy");
	strv_addf(&argv, "--redefine-sym=init_module=rump_component_%s_init", m->name);
	strv_addf(&argv, "--keep-global-symbols=%s", globals);
	/* Nothing is ever unloaded: exit code stays only where other code refers to it. */
	strv_addf(&argv, "--rename-section=.exit.text=.text.exit.%s", m->name);
	strv_addf(&argv, "--rename-section=.exit.data=.data.exit.%s", m->name);
	rename_parameters(m, out, &argv);
	strv_add(&argv, m->path);
	strv_add(&argv, partial);
	run(argv.v, "apt-get install binutils");
	rename_file(partial, out);
	remove_scratch(out);
	strv_free(&argv);
	free(partial);
	free(globals);
}

static bool is_part(const struct components *all, const char *kind, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->v[i].name, name) && all->v[i].objects.n &&
		    component_fits(&all->v[i], kind))
			return true;
	return false;
}

static void remove_stale(const char *dir, const struct modules *modules,
			 const struct components *all, const char *kind)
{
	struct strv names = { 0 };

	list_dir(dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *name = module_name(names.v[i]), *path = xasprintf("%s/%s", dir, names.v[i]);
		bool known = is_part(all, kind, name);

		for (size_t j = 0; j < modules->n && !known; j++)
			known = !strcmp(modules->v[j].name, name);
		if (!known)
			unlink(path);
		free(path);
		free(name);
	}
	strv_free(&names);
}

void kit_objects(const struct components *all, const char *kind, const char *tree, const char *dir)
{
	struct modules modules;

	modules_read(&modules, tree);
	make_dirs(dir);
	for (size_t i = 0; i < modules.n; i++) {
		char *out = xasprintf("%s/%s.o", dir, modules.v[i].name);

		if (newer(modules.v[i].path, out))
			make_object(&modules.v[i], out);
		free(out);
	}
	remove_stale(dir, &modules, all, kind);
}
