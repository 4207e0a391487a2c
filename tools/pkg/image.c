// SPDX-License-Identifier: GPL-2.0
/* From a package to an image in the cache, by rumprun-bake. */
#include "child.h"
#include "file.h"
#include "paths.h"
#include "pkg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void package_lock(const struct package *p)
{
	char *path = cache_path("packages/%s/lock", p->name);

	lock_file(path);
	free(path);
}

static void add_each(struct strv *argv, const char *option, const json_t *list)
{
	const json_t *item;
	size_t i;

	json_array_foreach (list, i, item) {
		strv_add(argv, option);
		strv_add(argv, json_string_value(item));
	}
}

static void add_programs(struct strv *argv, const struct package *p)
{
	const json_t *program, *word;
	size_t i, k;

	json_array_foreach (p->programs, i, program) {
		json_array_foreach (program, k, word) {
			if (k)
				strv_add(argv, "--arg");
			strv_add(argv, json_string_value(word));
		}
	}
}

static void add_launch(struct strv *argv, const struct package *p)
{
	char *path;

	if (!p->launch)
		return;
	path = cache_path("packages/%s/launch.json", p->name);
	if (json_dump_file(p->launch, path, 0))
		die("%s could not be written", path);
	strv_add(argv, "--config");
	strv_add(argv, path);
	free(path);
}

static void add_root(struct strv *argv, char *dir)
{
	if (dir) {
		strv_add(argv, "--root");
		strv_add(argv, dir);
	}
	free(dir);
}

/* A command as one would type it. */
static void show_command(const struct strv *argv)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "_-./:=,+%@";

	for (size_t i = 0; i < argv->n; i++) {
		const char *word = argv->v[i];

		fputs(i ? " " : "", stderr);
		if (*word && !word[strspn(word, plain)]) {
			fputs(word, stderr);
			continue;
		}
		putc('\'', stderr);
		for (; *word; word++)
			if (*word == '\'')
				fputs("'\\''", stderr);
			else
				putc(*word, stderr);
		putc('\'', stderr);
	}
	putc('\n', stderr);
}

static void bake_command(const struct package *p, const char *image, const struct strv *more,
			 struct strv *argv)
{
	char *own = own_directory();

	strv_addf(argv, "%s/rumprun-bake", own);
	add_each(argv, "--deb", p->deb);
	if (p->source)
		add_root(argv, source_build(p));
	add_root(argv, package_file(p, "root"));
	add_each(argv, "-m", p->modify);
	add_launch(argv, p);
	for (size_t i = 0; more && i < more->n; i++)
		strv_add(argv, more->v[i]);
	strv_add(argv, p->configuration);
	strv_add(argv, image);
	add_programs(argv, p);
	free(own);
}

void package_bake(const struct package *p, const char *image, const struct strv *more)
{
	char *log = cache_path("packages/%s/%s.bake.log", p->name, p->platform);
	char *what = xasprintf("baking %s", p->name);
	struct strv argv = { 0 };

	make_parents(log);
	bake_command(p, image, more, &argv);
	if (run_watched(argv.v, log, what))
		die_of_log(what, log);
	strv_free(&argv);
	free(what);
	free(log);
}

void package_show(const struct package *p, const char *image, const struct strv *more)
{
	struct strv argv = { 0 };

	bake_command(p, image, more, &argv);
	show_command(&argv);
	strv_free(&argv);
}

/* Images of earlier states of the package. */
static void remove_others(const struct package *p, const char *key)
{
	char *dir = cache_path("packages/%s/%s", p->name, p->platform);
	struct strv names = { 0 };

	list_dir(dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *path = xasprintf("%s/%s", dir, names.v[i]);

		if (strcmp(names.v[i], key))
			remove_tree(path);
		free(path);
	}
	strv_free(&names);
	free(dir);
}

char *package_build(const struct package *p)
{
	char *key = package_key(p);
	char *image = cache_path("packages/%s/%s/%s/%s.img", p->name, p->platform, key, p->name);

	if (!exists(image)) {
		make_parents(image);
		remove_others(p, key);
		package_bake(p, image, NULL);
	}
	free(key);
	return image;
}

void package_disks(const struct package *p, const char *dir, struct strv *argv)
{
	const json_t *disk;
	size_t i;

	json_array_foreach (p->disks, i, disk) {
		const char *type = json_string_value(json_object_get(disk, "type"));
		json_int_t size = json_integer_value(json_object_get(disk, "megabytes"));
		char *path = xasprintf("%s/disk%zu.img", dir, i),
		     *mkfs = xasprintf("mkfs.%s", type);
		char *call[] = { mkfs, "-q", path, NULL };

		if (!exists(path)) {
			char *partial = xasprintf("%s.tmp", path);

			call[2] = partial;
			write_file(partial, "", 0);
			if (truncate(partial, size << 20))
				die_errno("%s", partial);
			run(call, "apt-get install the tools of that file system");
			rename_file(partial, path);
			free(partial);
		}
		strv_add(argv, "-b");
		strv_addf(argv, "%s,%s,%s", path, json_string_value(json_object_get(disk, "mount")),
			  type);
		free(mkfs);
		free(path);
	}
}
