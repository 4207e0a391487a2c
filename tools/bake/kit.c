// SPDX-License-Identifier: GPL-2.0
#include "kit.h"
#include "file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *kit_dir(void)
{
	static char *dir;
	static const char *const beside[] = { "kit", "lib/rumprun" };
	char *own;

	if (dir)
		return dir;
	if (getenv("RUMPRUN_KIT"))
		return dir = xstrdup(getenv("RUMPRUN_KIT"));
	own = own_directory();
	for (size_t i = 0; i < sizeof(beside) / sizeof(*beside); i++) {
		dir = xasprintf("%s/../%s", own, beside[i]);
		if (is_directory(dir))
			return dir;
		free(dir);
	}
	die("no kit of kernels in %s/../kit: run make, or set RUMPRUN_KIT", own);
}

char *kit_path(const char *fmt, ...)
{
	va_list ap;
	char *name, *path;

	va_start(ap, fmt);
	if (vasprintf(&name, fmt, ap) < 0)
		die("out of memory");
	va_end(ap);
	path = xasprintf("%s/%s", kit_dir(), name);
	free(name);
	return path;
}

void kit_bases(struct strv *names)
{
	struct strv all = { 0 };

	list_dir(kit_dir(), &all);
	for (size_t i = 0; i < all.n; i++) {
		char *path = kit_path("%s/index.json", all.v[i]);

		if (exists(path))
			strv_add(names, all.v[i]);
		free(path);
	}
	strv_free(&all);
}

json_t *kit_index(const char *base)
{
	char *path = kit_path("%s/index.json", base);
	json_error_t error;
	json_t *index;

	if (!exists(path))
		die("base %s is not built: %s does not exist; run make", base, path);
	index = json_load_file(path, 0, &error);
	if (!index)
		die("%s:%d: %s; run make again", path, error.line, error.text);
	free(path);
	return index;
}
