// SPDX-License-Identifier: GPL-2.0
/* Packages into the staged root. doc/bake.md lists what is left out. */
#include "deb.h"
#include "file.h"
#include "stage.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *deb_cache(const char *fmt, ...)
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

/* What nothing reads in a machine that runs one program. */
static bool is_unneeded(const char *path)
{
	static const char *const folders[] = {
		"/usr/share/doc",
		"/usr/share/man",
		"/usr/share/info",
		"/usr/share/locale",
		"/usr/share/lintian",
		"/usr/share/doc-base",
		"/usr/share/bash-completion",
		"/usr/share/zsh",
		"/usr/share/bug",
		"/usr/share/debconf",
		"/usr/share/menu",
		"/usr/share/common-licenses",
		"/usr/lib/systemd",
		"/lib/systemd",
		"/usr/share/pixmaps",
		"/etc/init.d",
		"/etc/logrotate.d",
		"/etc/cron.d",
		"/etc/cron.daily",
		"/etc/ufw",
		"/usr/lib/tmpfiles.d",
		"/usr/share/initramfs-tools",
		"/usr/share/apport",
		"/usr/share/reportbug",
	};

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (!strcmp(path, folders[i]))
			return true;
	return false;
}

void stage_packages(struct bake *b)
{
	struct strv files = { 0 };

	if (!b->opt.packages.n)
		return;
	deb_fetch(&b->opt.packages, &files);
	for (size_t i = 0; i < files.n; i++) {
		char *dir = deb_unpack(files.v[i]), *name = strrchr(dir, '/');
		char *skeleton = xasprintf("deb%.*s", (int)strcspn(name, "_"), name);

		stage_tree(b, dir, is_unneeded);
		stage_skeleton(b, skeleton);
		free(skeleton);
		free(dir);
	}
	strv_free(&files);
}
