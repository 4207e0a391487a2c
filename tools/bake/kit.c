// SPDX-License-Identifier: GPL-2.0
#include "kit.h"
#include "file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void kit_bases(struct strv *names)
{
	struct strv all = { 0 };

	list_dir(kit_dir(), &all);
	for (size_t i = 0; i < all.n; i++) {
		char *path = kit_path("%s/index.json", all.v[i]);

		if (exists(path))
			strv_add(names, all.v[i]);
		free(path);
	}
	strv_free(&all);
}

json_t *kit_index(const char *base)
{
	char *path = kit_path("%s/index.json", base);
	json_error_t error;
	json_t *index;

	if (!exists(path))
		die("base %s is not built: %s does not exist; run make", base, path);
	index = json_load_file(path, 0, &error);
	if (!index)
		die("%s:%d: %s; run make again", path, error.line, error.text);
	free(path);
	return index;
}
