// SPDX-License-Identifier: GPL-2.0
/* Reading and merging configuration documents. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "config.h"

int config_fail(struct config_error *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	return -1;
}

int config_load(const char *path, json_t **doc, struct config_error *err)
{
	json_error_t where;
	struct config_error inner;

	*doc = json_load_file(path, JSON_REJECT_DUPLICATES, &where);
	if (!*doc)
		return where.line < 1 ? config_fail(err, "%s: %s", path, where.text)
				      : config_fail(err, "%s:%d: %s", path, where.line, where.text);
	if (!config_check(*doc, &inner))
		return 0;
	json_decref(*doc);
	*doc = NULL;
	return config_fail(err, "%s: %.400s", path, inner.text);
}

/* Objects are joined key by key; anything else in the second takes the place of the first. */
static int merge_object(json_t *base, const json_t *over)
{
	const char *name;
	json_t *value, *old;

	json_object_foreach ((json_t *)over, name, value) {
		old = json_object_get(base, name);
		if (json_is_object(old) && json_is_object(value)) {
			if (merge_object(old, value))
				return -1;
		} else if (json_object_set_new(base, name, json_deep_copy(value))) {
			return -1;
		}
	}
	return 0;
}

int config_merge(json_t *base, const json_t *over, struct config_error *err)
{
	if (merge_object(base, over))
		return config_fail(err, "out of memory");
	return config_check(base, err);
}
