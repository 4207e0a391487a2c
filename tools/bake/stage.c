// SPDX-License-Identifier: GPL-2.0
#include "stage.h"
#include "deb.h"
#include "file.h"
#include "tree.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *parent_of(const char *path)
{
	char *parent = xstrdup(path), *slash = strrchr(parent, '/');

	if (slash)
		slash[slash == parent] = 0;
	return parent;
}

char *stage_place(struct bake *b, const char *path)
{
	char *resolved = tree_resolve(b->root, path, false), *full;

	if (!resolved)
		die("%s: too many symbolic links", path);
	full = xasprintf("%s%s", b->root, resolved);
	free(resolved);
	make_parents(full);
	return full;
}

/* Hard links cost nothing, and what is staged is only read. */
static void link_or_copy(const char *from, const char *to)
{
	if (!link(from, to))
		return;
	if (errno == EEXIST && unlink(to))
		die_errno("%s", to);
	copy_file(from, to);
}

void stage_file(struct bake *b, const char *from, const char *path)
{
	char *to = stage_place(b, path);

	if (!exists(to))
		copy_file(from, to);
	free(to);
}

void stage_symlink(struct bake *b, const char *target, const char *path)
{
	char *to = stage_place(b, path);

	if (symlink(target, to))
		die_errno("%s", to);
	free(to);
}

static char *read_link(const char *path)
{
	char target[PATH_MAX];
	ssize_t n = readlink(path, target, sizeof(target) - 1);

	if (n < 0)
		die_errno("%s", path);
	target[n] = 0;
	return xstrdup(target);
}

void stage_same(struct bake *b, const char *path)
{
	char *to = stage_place(b, path), *target, *parent, *next;
	struct stat st;

	if (exists(to)) {
		free(to);
		return;
	}
	if (lstat(path, &st))
		die_errno("%s", path);
	if (!S_ISLNK(st.st_mode)) {
		copy_file(path, to);
		free(to);
		return;
	}
	target = read_link(path);
	if (symlink(target, to))
		die_errno("%s", to);
	parent = parent_of(path);
	next = *target == '/' ? xstrdup(target) : xasprintf("%s/%s", parent, target);
	stage_same(b, next);
	free(next);
	free(parent);
	free(target);
	free(to);
}

static void stage_link(const char *from, const char *to)
{
	char *target = read_link(from);

	if (symlink(target, to)) {
		if (errno == EEXIST && is_directory(to))
			; /* such as /bin, which is a link in every image */
		else if (errno != EEXIST || unlink(to) || symlink(target, to))
			die_errno("%s", to);
	}
	free(target);
}

static void stage_entry(struct bake *b, const char *from, const char *path,
			bool (*leave_out)(const char *path));

static void stage_below(struct bake *b, const char *dir, const char *prefix,
			bool (*leave_out)(const char *path))
{
	struct strv names = { 0 };

	list_dir(dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *from = xasprintf("%s/%s", dir, names.v[i]);
		char *path = xasprintf("%s/%s", prefix, names.v[i]);

		if (!leave_out || !leave_out(path))
			stage_entry(b, from, path, leave_out);
		free(path);
		free(from);
	}
	strv_free(&names);
}

static void stage_folder(struct bake *b, const char *from, const char *path, mode_t mode,
			 bool (*leave_out)(const char *path))
{
	char *inside = tree_resolve(b->root, path, true);
	char *to = inside ? xasprintf("%s%s", b->root, inside) : NULL;

	if (!to)
		die("%s: too many symbolic links", path);
	make_dirs(to);
	/* We must be able to fill it; what others may do is as it was. */
	if (chmod(to, (mode & 07777) | 0700))
		die_errno("%s", to);
	stage_below(b, from, path, leave_out);
	free(to);
	free(inside);
}

static void stage_entry(struct bake *b, const char *from, const char *path,
			bool (*leave_out)(const char *path))
{
	struct stat st;
	char *to;

	if (lstat(from, &st))
		die_errno("%s", from);
	if (S_ISDIR(st.st_mode)) {
		stage_folder(b, from, path, st.st_mode, leave_out);
		return;
	}
	to = stage_place(b, path);
	if (S_ISREG(st.st_mode))
		link_or_copy(from, to);
	else if (S_ISLNK(st.st_mode))
		stage_link(from, to);
	else
		warn("%s is left out: it is neither file, folder nor symbolic link", from);
	free(to);
}

void stage_tree(struct bake *b, const char *dir, bool (*leave_out)(const char *path))
{
	stage_below(b, dir, "", leave_out);
}

/* As Debian has it: everything lies in /usr, and the old names are links to it. */
static void make_skeleton_links(struct bake *b)
{
	static const char *const names[] = { "bin", "sbin", "lib", "lib64" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *target = xasprintf("usr/%s", names[i]);
		char *dir = xasprintf("%s/usr/%s", b->root, names[i]);
		char *path = xasprintf("%s/%s", b->root, names[i]);

		make_dirs(dir);
		if (symlink(target, path))
			die_errno("%s", path);
		free(path);
		free(dir);
		free(target);
	}
}

static void make_skeleton_folders(struct bake *b)
{
	static const struct {
		const char *path;
		mode_t mode;
	} folders[] = {
		{ "dev", 0755 },     { "proc", 0755 },	    { "sys", 0755 },
		{ "tmp", 01777 },    { "run", 0755 },	    { "run/lock", 0755 },
		{ "root", 0700 },    { "home", 0755 },	    { "mnt", 0755 },
		{ "etc", 0755 },     { "var/tmp", 01777 },  { "var/log", 0755 },
		{ "var/lib", 0755 }, { "var/cache", 0755 }, { "var/spool", 0755 },
		{ "srv", 0755 },     { "rumprun", 0755 },
	};

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		char *path = xasprintf("%s/%s", b->root, folders[i].path);

		make_dirs(path);
		if (chmod(path, folders[i].mode))
			die_errno("%s", path);
		free(path);
	}
}

/* Only what is not there yet. */
static void fill_in(struct bake *b, const char *dir, const char *prefix)
{
	struct strv names = { 0 };

	list_dir(dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *from = xasprintf("%s/%s", dir, names.v[i]);
		char *path = xasprintf("%s/%s", prefix, names.v[i]), *to;
		struct stat st;

		if (lstat(from, &st))
			die_errno("%s", from);
		if (S_ISDIR(st.st_mode)) {
			fill_in(b, from, path);
		} else {
			to = stage_place(b, path);
			if (!exists(to) && S_ISLNK(st.st_mode))
				stage_link(from, to);
			else if (!exists(to))
				copy_file(from, to);
			free(to);
		}
		free(path);
		free(from);
	}
	strv_free(&names);
}

/* What stands in the kit's skeleton under a name; other names are no error. */
void stage_skeleton(struct bake *b, const char *name)
{
	char *dir = kit_path("skel/%s", name);

	if (is_directory(dir))
		fill_in(b, dir, "");
	free(dir);
}

/* SRC:DST; a DST that ends in a slash is a folder. */
static void stage_one_file(struct bake *b, const char *spec)
{
	const char *colon = strrchr(spec, ':');
	char *from, *to, *place;

	if (!colon || colon == spec || colon[1] != '/')
		die_usage("--file %s: expected SRC:DST, DST being an absolute path", spec);
	from = strndup(spec, colon - spec);
	to = xstrdup(colon + 1);
	if (to[strlen(to) - 1] == '/') {
		const char *name = strrchr(from, '/');
		char *longer = xasprintf("%s%s", to, name ? name + 1 : from);

		free(to);
		to = longer;
	}
	if (!exists(from))
		die("--file %s: %s does not exist", spec, from);
	if (is_directory(from)) {
		stage_folder(b, from, to, 0755, NULL);
	} else {
		place = stage_place(b, to);
		if (exists(place) && unlink(place))
			die_errno("%s", place);
		copy_file(from, place);
		free(place);
	}
	free(to);
	free(from);
}

/* Programs of ours that init starts, for the components that were chosen. */
static void stage_component_programs(struct bake *b)
{
	struct strv names = { 0 };

	selected_programs(&b->selection, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *from = kit_path("%s", names.v[i]);
		char *to = xasprintf("/usr/lib/rumprun/%s", names.v[i]);

		if (!exists(from))
			die("%s does not exist: run make", from);
		stage_file(b, from, to);
		free(to);
		free(from);
	}
	strv_free(&names);
}

void stage_root(struct bake *b)
{
	b->root = xasprintf("%s/root", b->work);
	make_dirs(b->root);
	make_skeleton_links(b);
	make_skeleton_folders(b);
	stage_packages(b);
	for (size_t i = 0; i < b->opt.trees.n; i++) {
		if (!is_directory(b->opt.trees.v[i]))
			die("--root %s: no such folder", b->opt.trees.v[i]);
		stage_tree(b, b->opt.trees.v[i], NULL);
	}
	for (size_t i = 0; i < b->opt.files.n; i++)
		stage_one_file(b, b->opt.files.v[i]);
	stage_programs(b);
	deb_compile_python(b);
	stage_component_programs(b);
	stage_skeleton(b, "root");
}
