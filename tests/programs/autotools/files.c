// SPDX-License-Identifier: GPL-2.0
#include "files.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

static char path[] = "/tmp/answers.XXXXXX";

static int fresh_file(void)
{
	strcpy(path + sizeof(path) - 7, "XXXXXX");
	return mkstemp(path);
}

bool file_maps_fixed(void)
{
	char *place = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *mapped;
	int fd = fresh_file();
	bool good = fd >= 0 && write(fd, "content", 8) == 8;

	mapped = mmap(place, 8, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0);
	good = good && mapped == place && !strcmp(mapped, "content");
	close(fd);
	unlink(path);
	return good;
}

bool file_link_with_slash_is_followed(void)
{
	struct stat st;
	bool good;

	unlink("/tmp/answers.link");
	good = !symlink("/tmp", "/tmp/answers.link") && !lstat("/tmp/answers.link/", &st) &&
	       S_ISDIR(st.st_mode);
	unlink("/tmp/answers.link");
	return good;
}

bool file_times_can_be_now(void)
{
	int fd = fresh_file();
	bool good = fd >= 0 && !utime(path, NULL);

	close(fd);
	unlink(path);
	return good;
}

bool file_owner_can_change(void)
{
	int fd = fresh_file();
	bool good = fd >= 0 && !chown(path, (uid_t)-1, getgid());

	close(fd);
	unlink(path);
	return good;
}
