// SPDX-License-Identifier: GPL-2.0
/* Debian source packages, cross-built: fetched and unpacked by source.sh, built by build.sh. */
#include "file.h"
#include "paths.h"
#include "pkg.h"

#include <stdlib.h>
#include <string.h>

static void build(const struct package *p, const char *out)
{
	char *log = cache_path("packages/%s/build.log", p->name);
	char *partial = cache_path("packages/%s/build", p->name);
	char *what = xasprintf("cross-building %s", p->name), *own = own_directory();
	char *script = kit_path("pkg/source.sh"), *recipe = package_file(p, "build.sh");
	char *cache = cache_path("sources"), *toolchain = kit_path("toolchain");
	char *argv[] = { "sh",
			 (char *)script,
			 (char *)p->source,
			 (char *)p->libc,
			 recipe,
			 cache,
			 (char *)partial,
			 toolchain,
			 own,
			 NULL };
	char *tree = xasprintf("%s/out", partial);

	if (!recipe)
		die_usage("%s: there is no build.sh for its sources", p->dir);
	if (exists(partial) && !remove_tree(partial))
		die("%s could not be removed", partial);
	make_dirs(partial);
	if (run_watched(argv, log, what))
		die_of_log(what, log);
	make_parents(out);
	rename_file(tree, out);
	if (!remove_tree(partial))
		warn("%s could not be removed", partial);
	free(tree);
	free(toolchain);
	free(cache);
	free(recipe);
	free(script);
	free(own);
	free(what);
	free(partial);
	free(log);
}

char *source_build(const struct package *p)
{
	char *key = source_key(p), *dir = cache_path("packages/%s/source", p->name);
	char *out = xasprintf("%s/%s", dir, key);

	if (!is_directory(out)) {
		remove_tree(dir);
		build(p, out);
	}
	free(dir);
	free(key);
	return out;
}
