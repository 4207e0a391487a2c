// SPDX-License-Identifier: GPL-2.0
/* What is kept of guests in the background. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"
#include "state.h"
#include "util.h"

/* Nobody else may have made the folder for us: guests' sockets lie in it. */
static void make_private(const char *path)
{
	struct stat st;

	if (mkdir(path, 0700) && errno != EEXIST)
		quit(STATUS_SYSTEM, "%s: %s", path, strerror(errno));
	if (lstat(path, &st) || !S_ISDIR(st.st_mode) || st.st_uid != getuid() || (st.st_mode & 077))
		quit(STATUS_SYSTEM, "%s is not a private folder of ours: remove it", path);
}

const char *state_base(void)
{
	static char *base;
	const char *runtime = getenv("XDG_RUNTIME_DIR");

	if (base)
		return base;
	if (runtime && *runtime == '/')
		base = xasprintf("%s/rumprun", runtime);
	else
		base = xasprintf("/tmp/rumprun-%u", (unsigned int)getuid());
	make_private(base);
	return base;
}

char *state_path(const char *cookie, const char *name)
{
	return xasprintf("%s/%s/%s", state_base(), cookie, name);
}

/* A cookie is a word to type: letters, digits, and what file names may have besides. */
static void clean(char *name)
{
	static const char good[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

	for (; *name; name++) {
		if (!strchr(good, *name))
			*name = '-';
	}
}

char *state_make(const char *name)
{
	unsigned char random[2];
	char *cookie, *dir, *word = xasprintf("%.40s", name);

	clean(word);
	for (int tries = 0; tries < 100; tries++) {
		if (getrandom(random, sizeof(random), 0) != sizeof(random))
			break;
		cookie = xasprintf("%s-%02x%02x", word, random[0], random[1]);
		dir = xasprintf("%s/%s", state_base(), cookie);
		if (!mkdir(dir, 0700)) {
			free(dir);
			free(word);
			return cookie;
		}
		free(dir);
		free(cookie);
	}
	quit(STATUS_SYSTEM, "%s: cannot make a folder for the guest", state_base());
}

void state_remove(const char *cookie)
{
	static const char *const names[] = { "state.json", "log", "socket", "" };
	char *path;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		path = state_path(cookie, names[i]);
		remove(path);
		free(path);
	}
}

int state_write(const char *cookie, const json_t *info)
{
	char *path = state_path(cookie, "state.json"), *fresh = xasprintf("%s.new", path);
	int ret = -1;

	if (!json_dump_file(info, fresh, JSON_INDENT(2)))
		ret = rename(fresh, path);
	free(path);
	free(fresh);
	return ret;
}

json_t *state_read(const char *cookie)
{
	char *path;
	json_t *info;

	if (!*cookie || strchr(cookie, '/') || cookie[0] == '.')
		return NULL;
	path = state_path(cookie, "state.json");
	info = json_load_file(path, 0, NULL);
	free(path);
	return info;
}

int state_address(const char *cookie, struct sockaddr_un *address)
{
	char *path = state_path(cookie, "socket");
	int fits = strlen(path) < sizeof(address->sun_path);

	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (fits)
		strcpy(address->sun_path, path);
	free(path);
	return fits ? 0 : -1;
}
