// SPDX-License-Identifier: GPL-2.0
/*
 * Turn Linux modules into components: the initialisation function gets a name of its own, only
 * exported symbols stay global.
 */
#include "kit.h"
#include "component.h"
#include "file.h"
#include "module.h"

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
	strv_add(&argv, m->path);
	strv_add(&argv, partial);
	run(argv.v, "apt-get install binutils");
	rename_file(partial, out);
	unlink(globals);
	strv_free(&argv);
	free(partial);
	free(globals);
}

static void remove_stale(const char *dir, const struct modules *all)
{
	struct strv names = { 0 };

	list_dir(dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *name = module_name(names.v[i]), *path = xasprintf("%s/%s", dir, names.v[i]);
		bool known = false;

		for (size_t j = 0; j < all->n && !known; j++)
			known = !strcmp(all->v[j].name, name);
		if (!known)
			unlink(path);
		free(path);
		free(name);
	}
	strv_free(&names);
}

void kit_objects(const char *tree, const char *dir)
{
	struct modules all;

	modules_read(&all, tree);
	make_dirs(dir);
	for (size_t i = 0; i < all.n; i++) {
		char *out = xasprintf("%s/%s.o", dir, all.v[i].name);

		if (newer(all.v[i].path, out))
			make_object(&all.v[i], out);
		free(out);
	}
	remove_stale(dir, &all);
}
