// SPDX-License-Identifier: GPL-2.0
/* Packages into the staged root. doc/bake.md lists what is left out. */
#include "deb.h"
#include "file.h"
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
