// SPDX-License-Identifier: GPL-2.0
#include "cpio.h"
#include "file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static void pad(struct cpio *c)
{
	while (ftell(c->f) % 4)
		fputc(0, c->f);
}

void cpio_entry(struct cpio *c, const char *name, mode_t mode, dev_t device, const void *data,
		size_t size)
{
	fprintf(c->f, "070701%08x%08x%08x%08x%08x%08x%08zx%08x%08x%08x%08x%08zx%08x", ++c->inode,
		(unsigned int)mode, 0, 0, 1, 0, size, 0, 0, major(device), minor(device),
		strlen(name) + 1, 0);
	fwrite(name, 1, strlen(name) + 1, c->f);
	pad(c);
	fwrite(data, 1, size, c->f);
	pad(c);
}

static void cpio_file(struct cpio *c, const char *path, const char *name, const struct stat *st)
{
	char target[PATH_MAX], *data;
	ssize_t length;
	size_t size;

	if (S_ISLNK(st->st_mode)) {
		length = readlink(path, target, sizeof(target));
		if (length < 0)
			die_errno("%s", path);
		cpio_entry(c, name, st->st_mode, 0, target, length);
	} else if (S_ISREG(st->st_mode)) {
		data = read_file(path, &size);
		cpio_entry(c, name, st->st_mode, 0, data, size);
		free(data);
	} else {
		cpio_entry(c, name, st->st_mode, st->st_rdev, NULL, 0);
	}
}

void cpio_tree(struct cpio *c, const char *dir, const char *prefix)
{
	struct strv names = { 0 };

	list_dir(dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *path = xasprintf("%s/%s", dir, names.v[i]);
		char *name = xasprintf("%s%s", prefix, names.v[i]);
		struct stat st;

		if (lstat(path, &st))
			die_errno("%s", path);
		cpio_file(c, path, name, &st);
		if (S_ISDIR(st.st_mode)) {
			char *deeper = xasprintf("%s/", name);

			cpio_tree(c, path, deeper);
			free(deeper);
		}
		free(name);
		free(path);
	}
	strv_free(&names);
}

void cpio_end(struct cpio *c)
{
	cpio_entry(c, "TRAILER!!!", 0, 0, NULL, 0);
}
