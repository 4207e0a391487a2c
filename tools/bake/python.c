// SPDX-License-Identifier: GPL-2.0
/*
 * Debian's Python modules are compiled by the scripts of their packages; without that, each start
 * of an image would compile what it imports. It is done once for each package in the cache, by the
 * interpreter that the image has.
 */
#include "child.h"
#include "deb.h"
#include "file.h"
#include "paths.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

#define PYTHON	  "/usr/bin/python3"
#define LOADER	  "/lib64/ld-linux-x86-64.so.2"
#define LIBRARIES "/usr/lib/x86_64-linux-gnu"

/* Beside the folder of a package: that its modules are compiled for this interpreter. */
static char *marker(const char *dir, const char *python)
{
	return xasprintf("%s.%s", dir, strrchr(python, '/') + 1);
}

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

static void compile_all(const char *root, const char *loader, const char *python,
			const struct strv *dirs)
{
	struct strv argv = { 0 };

	add_interpreter(&argv, root, loader, python);
	for (size_t i = 0; i < dirs->n; i++)
		strv_add(&argv, dirs->v[i]);
	progress("compiling Python modules");
	run(argv.v, NULL);
	for (size_t i = 0; i < dirs->n; i++) {
		char *done = marker(dirs->v[i], python);

		write_file(done, "", 0);
		free(done);
	}
	strv_free(&argv);
}

void deb_compile_python(const char *root, const struct strv *dirs)
{
	char *python = tree_file(root, PYTHON), *loader = tree_file(root, LOADER);
	struct strv wanted = { 0 };

	for (size_t i = 0; python && loader && i < dirs->n; i++) {
		char *done = marker(dirs->v[i], python);

		if (!exists(done) && has_modules(dirs->v[i]))
			strv_add(&wanted, dirs->v[i]);
		free(done);
	}
	if (wanted.n)
		compile_all(root, loader, python, &wanted);
	strv_free(&wanted);
	free(loader);
	free(python);
}
