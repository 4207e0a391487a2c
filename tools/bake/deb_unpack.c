// SPDX-License-Identifier: GPL-2.0
/* A .deb file is an ar archive; the member data.tar, compressed somehow, holds the files. */
#include "deb.h"
#include "file.h"
#include "paths.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

static char buffer[1 << 16];

static ssize_t read_member(struct archive *inner, void *outer, const void **data)
{
	(void)inner;
	*data = buffer;
	return archive_read_data(outer, buffer, sizeof(buffer));
}

/* Names in the archive begin with "./"; a hard link's target is such a name, too. */
static void move_below(struct archive_entry *entry, const char *dir)
{
	char *path = xasprintf("%s/%s", dir, archive_entry_pathname(entry));

	archive_entry_set_pathname(entry, path);
	free(path);
	if (!archive_entry_hardlink(entry))
		return;
	path = xasprintf("%s/%s", dir, archive_entry_hardlink(entry));
	archive_entry_set_hardlink(entry, path);
	free(path);
}

static void extract(struct archive *from, const char *dir, const char *file)
{
	struct archive *to = archive_write_disk_new();
	struct archive_entry *entry;
	int status;

	archive_write_disk_set_options(to, ARCHIVE_EXTRACT_PERM | ARCHIVE_EXTRACT_TIME |
						   ARCHIVE_EXTRACT_SECURE_NODOTDOT);
	while ((status = archive_read_next_header(from, &entry)) == ARCHIVE_OK) {
		move_below(entry, dir);
		/* We must be able to write below it, and to remove it. */
		if (archive_entry_filetype(entry) == AE_IFDIR)
			archive_entry_set_perm(entry, archive_entry_perm(entry) | 0700);
		if (archive_read_extract2(from, entry, to) < ARCHIVE_WARN)
			die("%s: %s", file, archive_error_string(to));
	}
	if (status != ARCHIVE_EOF)
		die("%s: %s", file, archive_error_string(from));
	archive_write_free(to);
}

static void unpack_data(struct archive *outer, const char *dir, const char *file)
{
	struct archive *inner = archive_read_new();

	archive_read_support_filter_all(inner);
	archive_read_support_format_tar(inner);
	if (archive_read_open(inner, outer, NULL, read_member, NULL))
		die("%s: %s", file, archive_error_string(inner));
	extract(inner, dir, file);
	archive_read_free(inner);
}

static void unpack(const char *file, const char *dir)
{
	struct archive *ar = archive_read_new();
	struct archive_entry *entry;
	bool found = false;

	archive_read_support_format_ar(ar);
	if (archive_read_open_filename(ar, file, sizeof(buffer)))
		die("%s: %s", file, archive_error_string(ar));
	while (!found && archive_read_next_header(ar, &entry) == ARCHIVE_OK) {
		if (!starts_with(archive_entry_pathname(entry), "data.tar"))
			continue;
		unpack_data(ar, dir, file);
		found = true;
	}
	archive_read_free(ar);
	if (!found)
		die("%s is not a Debian package", file);
}

char *deb_unpack(const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	char *dir, *partial;

	if (is_directory(file))
		return xstrdup(file);
	dir = cache_path("tree/%.*s", (int)(strlen(name) - strlen(".deb")), name);
	if (is_directory(dir))
		return dir;
	progress("unpacking %s", name);
	partial = xasprintf("%s.tmp", dir);
	/* Left by one who was interrupted. */
	if (exists(partial) && !remove_tree(partial))
		die("%s could not be removed", partial);
	make_dirs(partial);
	unpack(file, partial);
	rename_file(partial, dir);
	free(partial);
	return dir;
}
