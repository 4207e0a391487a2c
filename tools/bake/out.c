// SPDX-License-Identifier: GPL-2.0
/* Where an image is to go: it takes the place of an earlier image, and of nothing that is needed.
 */
#include "bake.h"
#include "file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void check_folder(const char *out)
{
	char *dir = xstrdup(out), *slash = strrchr(dir, '/');

	if (slash)
		slash[slash == dir] = 0;
	if (access(slash ? dir : ".", W_OK))
		die_errno("%s: no image can be written there", slash ? dir : ".");
	free(dir);
}

static void check_source(const char *out, const struct stat *image, const char *source)
{
	struct stat st;

	if (!stat(source, &st) && st.st_dev == image->st_dev && st.st_ino == image->st_ino)
		die("%s goes into the image; OUT must be another file", out);
}

static void check_sources(const struct bake *b, const struct stat *image)
{
	for (size_t i = 0; i < b->nprograms; i++)
		check_source(b->out, image, b->programs[i].given);
	for (size_t i = 0; i < b->opt.conf_files.n; i++)
		check_source(b->out, image, b->opt.conf_files.v[i]);
	for (size_t i = 0; i < b->opt.files.n; i++) {
		char *source = xstrdup(b->opt.files.v[i]), *colon = strrchr(source, ':');

		if (colon)
			*colon = 0;
		check_source(b->out, image, source);
		free(source);
	}
	if (b->opt.document)
		check_source(b->out, image, b->opt.document);
}

/* OUT.debug goes away with the image that it belongs to. */
static void check_debug(const char *out)
{
	char *dir = xasprintf("%s.debug", out), *script = xasprintf("%s/gdb", dir);
	struct stat st;

	if (!lstat(dir, &st) && (!S_ISDIR(st.st_mode) || !exists(script)))
		die("%s is in the way, and was not made by rumprun-bake: choose another OUT", dir);
	free(script);
	free(dir);
}

void check_out(const struct bake *b)
{
	struct stat image;

	check_folder(b->out);
	check_debug(b->out);
	if (stat(b->out, &image))
		return;
	if (S_ISDIR(image.st_mode))
		die("%s is a folder; OUT names the image to write", b->out);
	if (!S_ISREG(image.st_mode))
		die("%s is not an ordinary file; OUT names the image to write", b->out);
	check_sources(b, &image);
}
