// SPDX-License-Identifier: GPL-2.0
#include "paths.h"
#include "file.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

char *cache_path(const char *fmt, ...)
{
	const char *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	char *name, *path;
	const struct passwd *user;
	va_list ap;

	/* A service or a build machine may have no HOME in its environment. */
	if (!home && (user = getpwuid(getuid())))
		home = user->pw_dir;
	va_start(ap, fmt);
	if (vasprintf(&name, fmt, ap) < 0)
		die("out of memory");
	va_end(ap);
	if (xdg && *xdg == '/')
		path = xasprintf("%s/rumprun/%s", xdg, name);
	else if (home && *home == '/')
		path = xasprintf("%s/.cache/rumprun/%s", home, name);
	else
		die("neither XDG_CACHE_HOME nor HOME says where packages may be kept");
	free(name);
	return path;
}
