// SPDX-License-Identifier: GPL-2.0
/* Packages into the staged root. doc/bake.md lists what is left out. */
#include "deb.h"
#include "file.h"
#include "paths.h"
#include "stage.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
	/* The cache's, which deb_compile_python() adds where they are wanted. */
	return !strcmp(strrchr(path, '/'), "/__pycache__");
}

int deb_lock_cache(void)
{
	char *path = cache_path("lock");
	int fd = lock_file(path);

	free(path);
	return fd;
}

void stage_packages(struct bake *b)
{
	struct strv files = { 0 };
	int lock;

	if (!b->opt.packages.n)
		return;
	lock = deb_lock_cache();
	deb_fetch(&b->opt.packages, &files);
	for (size_t i = 0; i < files.n; i++) {
		char *dir = deb_unpack(files.v[i]), *name = strrchr(dir, '/');
		char *skeleton = xasprintf("deb%.*s", (int)strcspn(name, "_"), name);

		stage_tree(b, dir, is_unneeded);
		stage_skeleton(b, skeleton);
		strv_add(&b->package_dirs, dir);
		free(skeleton);
		free(dir);
	}
	close(lock);
	strv_free(&files);
}
