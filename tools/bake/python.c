// SPDX-License-Identifier: GPL-2.0
/*
 * Debian's Python modules are compiled by the scripts of their packages; without that, each start
 * of an image would compile what it imports. It is done once for each package in the cache, by the
 * interpreter that the image has, and only for an image that is to run Python: elsewhere it comes
 * along as somebody's dependency, and what is compiled would be most of the image.
 */
#include "child.h"
#include "deb.h"
#include "file.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PYTHON	  "/usr/bin/python3"
#define LOADER	  "/lib64/ld-linux-x86-64.so.2"
#define LIBRARIES "/usr/lib/x86_64-linux-gnu"

static bool has_modules(const char *dir)
{
	char *lib = xasprintf("%s/usr/lib", dir);
	struct strv names = { 0 };
	bool found = false;

	if (is_directory(lib))
		list_dir(lib, &names);
	for (size_t i = 0; i < names.n; i++)
		found |= starts_with(names.v[i], "python3");
	strv_free(&names);
	free(lib);
	return found;
}

/* A program is Python, or a script for it; or who bakes names packages of Python's. */
static bool is_for_python(const struct bake *b)
{
	for (size_t i = 0; i < b->nprograms; i++)
		if (starts_with(b->programs[i].name, "python3"))
			return true;
	for (size_t i = 0; i < b->opt.packages.n; i++)
		if (strstr(b->opt.packages.v[i], "python3"))
			return true;
	return false;
}

/* It is run by its own loader, as its libraries may be others than the host's. */
static void add_interpreter(struct strv *argv, const char *root, const char *loader,
			    const char *python)
{
	strv_add(argv, "env");
	/* Or sets of strings would be written in an order of chance. */
	strv_add(argv, "PYTHONHASHSEED=0");
	strv_addf(argv, "%s%s", root, loader);
	strv_add(argv, "--library-path");
	strv_addf(argv, "%s" LIBRARIES, root);
	strv_addf(argv, "%s%s", root, python);
	strv_add(argv, "-sSB");
	strv_add(argv, kit_path("python/compile.py"));
	strv_add(argv, root);
}

void deb_compile_python(const struct bake *b)
{
	char *python = tree_file(b->root, PYTHON), *loader = tree_file(b->root, LOADER);
	struct strv argv = { 0 };
	int lock;

	if (python && loader && b->package_dirs.n && is_for_python(b)) {
		add_interpreter(&argv, b->root, loader, python);
		for (size_t i = 0; i < b->package_dirs.n; i++)
			if (has_modules(b->package_dirs.v[i]))
				strv_add(&argv, b->package_dirs.v[i]);
		lock = deb_lock_cache();
		progress("compiling Python modules");
		run(argv.v, NULL);
		close(lock);
		strv_free(&argv);
	}
	free(loader);
	free(python);
}
