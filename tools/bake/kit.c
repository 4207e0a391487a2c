// SPDX-License-Identifier: GPL-2.0
#include "kit.h"
#include "file.h"
#include "kitversion.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What an index lacks for us to use it, or NULL. */
static const char *fault(json_t *index)
{
	static const struct {
		const char *name;
		json_type type;
	} members[] = {
		{ "base", JSON_STRING },       { "platform", JSON_STRING },
		{ "release", JSON_STRING },    { "bytes", JSON_INTEGER },
		{ "components", JSON_OBJECT }, { "modules", JSON_OBJECT },
	};
	json_t *version = json_object_get(index, "version");

	if (!json_is_integer(version) || json_integer_value(version) != KIT_VERSION)
		return "is of another version of Rumprun than this rumprun-bake";
	if (!json_is_boolean(json_object_get(index, "relative_initcalls")))
		return "lacks the member relative_initcalls";
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		json_t *member = json_object_get(index, members[i].name);

		if (!member || json_typeof(member) != members[i].type)
			return xasprintf("lacks the member %s", members[i].name);
	}
	return NULL;
}

json_t *kit_indexes(void)
{
	json_t *indexes = json_object();
	struct strv all = { 0 };

	list_dir(kit_dir(), &all);
	for (size_t i = 0; i < all.n; i++) {
		char *path = kit_path("%s/index.json", all.v[i]);
		json_t *index = exists(path) ? json_load_file(path, 0, NULL) : NULL;

		if (index && !fault(index))
			json_object_set(indexes, all.v[i], index);
		json_decref(index);
		free(path);
	}
	strv_free(&all);
	return indexes;
}

json_t *kit_index(const char *base)
{
	char *path = kit_path("%s/index.json", base);
	const char *why;
	json_error_t error;
	json_t *index;

	if (!exists(path))
		die("base %s is not built: %s does not exist; run make", base, path);
	index = json_load_file(path, 0, &error);
	if (!index)
		die("%s:%d: %s; run make again", path, error.line, error.text);
	why = fault(index);
	if (why)
		die("%s %s: run make again, or install kernels and tools of one version", path,
		    why);
	free(path);
	return index;
}
