// SPDX-License-Identifier: GPL-2.0
/* packages/NAME/package.json. */
#include "pkg.h"
#include "config.h"
#include "file.h"

#include <stdlib.h>
#include <string.h>

static void check_strings(const struct package *p, const char *key, const json_t *list)
{
	const json_t *item;
	size_t i;

	if (list && !json_is_array(list))
		die_usage("%s/package.json: \"%s\" is no list", p->dir, key);
	json_array_foreach (list, i, item)
		if (!json_is_string(item))
			die_usage("%s/package.json: \"%s\" holds something that is no string",
				  p->dir, key);
}

static void check_programs(const struct package *p)
{
	const json_t *argv;
	size_t i;

	if (!json_array_size(p->programs))
		die_usage("%s/package.json: \"programs\" has none", p->dir);
	json_array_foreach (p->programs, i, argv) {
		check_strings(p, "programs", argv);
		if (!json_array_size(argv))
			die_usage("%s/package.json: \"programs\" has an empty one", p->dir);
	}
}

static void check_disks(const struct package *p)
{
	const char *mount, *type;
	json_error_t error;
	json_t *disk;
	size_t i;
	int size;

	json_array_foreach (p->disks, i, disk)
		if (json_unpack_ex(disk, &error, JSON_STRICT, "{s:s, s:s, s:i}", "mount", &mount,
				   "type", &type, "megabytes", &size))
			die_usage("%s/package.json: disks[%zu]: %s", p->dir, i, error.text);
}

static void check(const struct package *p)
{
	struct config_error error;
	const json_t *reason;
	const char *platform;

	check_strings(p, "deb", p->deb);
	check_strings(p, "modify", p->modify);
	check_strings(p, "with", p->with);
	check_strings(p, "needs", p->needs);
	check_programs(p);
	check_disks(p);
	json_object_foreach (p->without, platform, reason)
		if (!json_is_string(reason))
			die_usage("%s/package.json: without.%s is no string", p->dir, platform);
	if (p->launch && config_check(p->launch, &error))
		die_usage("%s/package.json: launch: %s", p->dir, error.text);
	if (p->source && strcmp(p->libc, "gnu") && strcmp(p->libc, "musl"))
		die_usage("%s/package.json: libc is \"gnu\" or \"musl\"", p->dir);
}

static void unknown(const char *folder, const char *name)
{
	struct strv names = { 0 };
	const char *near;

	package_names(folder, &names);
	near = nearest(name, &names);
	if (near)
		die_usage("there is no package %s; perhaps %s is meant", name, near);
	die_usage("there is no package %s in %s; rumprun-pkg list shows all", name, folder);
}

static json_t *load(const char *folder, const char *name)
{
	char *path = xasprintf("%s/%s/package.json", folder, name);
	json_error_t error;
	json_t *json;

	if (strchr(name, '/') || !exists(path))
		unknown(folder, name);
	json = json_load_file(path, 0, &error);
	if (!json)
		die_usage("%s:%d: %s", path, error.line, error.text);
	free(path);
	return json;
}

/* {"like": "NAME", ...} is NAME's description with these keys replaced; null removes one. */
static void inherit(struct package *p, const char *folder)
{
	const char *base = json_string_value(json_object_get(p->json, "like")), *key;
	json_t *all, *value;
	void *next;

	if (!base)
		return;
	all = load(folder, base);
	p->like = xasprintf("%s/%s", folder, base);
	json_object_del(p->json, "like");
	json_object_del(all, "fast");
	if (json_object_get(all, "like"))
		die_usage("%s/package.json: is itself like another one", p->like);
	json_object_update(all, p->json);
	json_object_foreach_safe(all, next, key, value) if (json_is_null(value))
		json_object_del(all, key);
	json_decref(p->json);
	p->json = all;
}

void package_read(struct package *p, const char *folder, const char *name, const char *platform)
{
	json_error_t error;
	int fast = 0;

	*p = (struct package){
		.name = name, .platform = platform, .configuration = "hw_virtio", .libc = "musl"
	};
	p->dir = xasprintf("%s/%s", folder, name);
	p->json = load(folder, name);
	inherit(p, folder);
	if (json_unpack_ex(p->json, &error, JSON_STRICT,
			   "{s:s, s?o, s?{s?s, s?s}, s?s, s?o, s:o, s?o, s?o, s?o, s?o, s?o, s?b}",
			   "text", &p->text, "deb", &p->deb, "source", "package", &p->source,
			   "libc", &p->libc, "configuration", &p->configuration, "modify",
			   &p->modify, "programs", &p->programs, "launch", &p->launch, "disks",
			   &p->disks, "with", &p->with, "needs", &p->needs, "without", &p->without,
			   "fast", &fast))
		die_usage("%s/package.json: %s", p->dir, error.text);
	p->fast = fast;
	if (!strcmp(platform, "proc"))
		p->configuration = "proc";
	if (!p->source && json_object_get(p->json, "source"))
		p->source = "";
	check(p);
}

const char *package_obstacle(const struct package *p)
{
	return json_string_value(json_object_get(p->without, p->platform));
}

char *package_file(const struct package *p, const char *name)
{
	const char *const folders[] = { p->dir, p->like };

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders) && folders[i]; i++) {
		char *path = xasprintf("%s/%s", folders[i], name);

		if (exists(path))
			return path;
		free(path);
	}
	return NULL;
}

void package_names(const char *folder, struct strv *names)
{
	struct strv all = { 0 };

	if (!is_directory(folder))
		die("there are no packages: %s does not exist", folder);
	list_dir(folder, &all);
	for (size_t i = 0; i < all.n; i++) {
		char *path = xasprintf("%s/%s/package.json", folder, all.v[i]);

		if (exists(path))
			strv_add(names, all.v[i]);
		free(path);
	}
	strv_free(&all);
}
