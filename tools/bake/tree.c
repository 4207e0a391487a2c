// SPDX-License-Identifier: GPL-2.0
#include "tree.h"
#include "util.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_LINKS 40

/* Take the first part off a path. */
static char *next_part(char **rest)
{
	char *part = *rest + strspn(*rest, "/"), *end = part + strcspn(part, "/");

	*rest = *end ? end + 1 : end;
	*end = 0;
	return part;
}

static void drop_last(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash)
		*slash = 0;
}

/* The target of the link ROOT/PATH, or NULL when it is no link. */
static char *link_target(const char *root, const char *path)
{
	char target[PATH_MAX], *full = xasprintf("%s%s", root, path);
	ssize_t n = readlink(full, target, sizeof(target) - 1);

	free(full);
	if (n < 0)
		return NULL;
	target[n] = 0;
	return xstrdup(target);
}

/* One part further; when that is a link, its target goes in front of the rest. */
static char *step(const char *root, char *done, char **rest, char **buffer, bool follow)
{
	char *longer = xasprintf("%s/%s", done, next_part(rest)), *target = NULL, *joined;

	if (follow || **rest)
		target = link_target(root, longer);
	if (!target) {
		free(done);
		return longer;
	}
	if (*target == '/')
		*done = 0;
	joined = xasprintf("%s/%s", target, *rest);
	joined[strlen(joined) - (**rest ? 0 : 1)] = 0;
	free(*buffer);
	*buffer = *rest = joined;
	free(target);
	free(longer);
	return done;
}

char *tree_resolve(const char *root, const char *path, bool follow_last)
{
	char *buffer = xstrdup(path), *rest = buffer, *done = xstrdup("");

	for (int steps = 0; rest[strspn(rest, "/")]; steps++) {
		char *ahead = rest + strspn(rest, "/");
		size_t length = strcspn(ahead, "/");

		if (steps > MOST_LINKS * 64) {
			free(buffer);
			free(done);
			return NULL;
		}
		if (length == 1 && *ahead == '.') {
			next_part(&rest);
		} else if (length == 2 && !strncmp(ahead, "..", 2)) {
			next_part(&rest);
			drop_last(done);
		} else {
			done = step(root, done, &rest, &buffer, follow_last);
		}
	}
	free(buffer);
	if (!*done) {
		free(done);
		return xstrdup("/");
	}
	return done;
}

char *tree_file(const char *root, const char *path)
{
	char *resolved = tree_resolve(root, path, true), *full;
	struct stat st;
	bool good;

	if (!resolved)
		return NULL;
	full = xasprintf("%s%s", root, resolved);
	good = stat(full, &st) == 0 && S_ISREG(st.st_mode);
	free(full);
	if (good)
		return resolved;
	free(resolved);
	return NULL;
}

char *tree_program(const char *root, const char *name)
{
	static const char *const path[] = { "/usr/local/sbin", "/usr/local/bin", "/usr/sbin",
					    "/usr/bin",	       "/sbin",		 "/bin" };
	char *found;

	if (strchr(name, '/')) {
		found = *name == '/' ? tree_file(root, name) : NULL;
		free(found);
		return found ? xstrdup(name) : NULL;
	}
	for (size_t i = 0; i < sizeof(path) / sizeof(*path); i++) {
		char *candidate = xasprintf("%s/%s", path[i], name);

		found = tree_file(root, candidate);
		free(found);
		if (found)
			return candidate;
		free(candidate);
	}
	return NULL;
}
