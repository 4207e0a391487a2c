// SPDX-License-Identifier: GPL-2.0
#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

bool exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

bool is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

off_t file_size(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		die_errno("%s", path);
	return st.st_size;
}

char *read_file(const char *path, size_t *size)
{
	size_t length = file_size(path), got;
	char *data = xrealloc(NULL, length + 1);
	FILE *f = fopen(path, "re");

	if (!f)
		die_errno("%s", path);
	got = fread(data, 1, length, f);
	if (ferror(f))
		die_errno("%s", path);
	fclose(f);
	data[got] = 0;
	if (size)
		*size = got;
	return data;
}

void write_file(const char *path, const void *data, size_t size)
{
	FILE *f = fopen(path, "we");

	if (!f)
		die_errno("%s", path);
	if (fwrite(data, 1, size, f) != size || fclose(f))
		die_errno("%s", path);
}

void make_dirs(const char *path)
{
	char *p = xstrdup(path);

	for (char *s = p + 1; *s; s++) {
		if (*s != '/')
			continue;
		*s = 0;
		if (mkdir(p, 0755) && errno != EEXIST)
			die_errno("%s", p);
		*s = '/';
	}
	if (mkdir(p, 0755) && errno != EEXIST)
		die_errno("%s", p);
	free(p);
}

void make_parents(const char *path)
{
	char *p = xstrdup(path), *slash = strrchr(p, '/');

	if (slash && slash != p) {
		*slash = 0;
		if (!is_directory(p))
			make_dirs(p);
	}
	free(p);
}

/* A disk that gets full takes a part first, and tells with the next. */
static void write_all(int out, const char *to, const char *data, size_t size)
{
	while (size) {
		ssize_t n = write(out, data, size);

		if (n < 0)
			die_errno("%s", to);
		data += n;
		size -= n;
	}
}

static void copy_bytes(int in, const char *from, int out, const char *to)
{
	static char buf[1 << 17];
	ssize_t n;

	while ((n = copy_file_range(in, NULL, out, NULL, 1 << 30, 0)) > 0)
		;
	if (n == 0)
		return;
	while ((n = read(in, buf, sizeof(buf))) > 0)
		write_all(out, to, buf, n);
	if (n < 0)
		die_errno("%s", from);
}

static void copy_into(const char *from, const char *to, int flags)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out;
	struct stat st;

	if (in < 0 || fstat(in, &st))
		die_errno("%s", from);
	out = open(to, O_WRONLY | O_CLOEXEC | flags, 0600);
	if (out < 0)
		die_errno("%s", to);
	if (flags & O_APPEND) {
		/* copy_file_range refuses O_APPEND; nobody else writes here. */
		if (fcntl(out, F_SETFL, 0) || lseek(out, 0, SEEK_END) < 0)
			die_errno("%s", to);
	}
	copy_bytes(in, from, out, to);
	if (!(flags & O_APPEND)) {
		struct timespec times[] = { st.st_atim, st.st_mtim };

		if (fchmod(out, st.st_mode & 07777) || futimens(out, times))
			die_errno("%s", to);
	}
	if (close(out))
		die_errno("%s", to);
	close(in);
}

void copy_file(const char *from, const char *to)
{
	copy_into(from, to, O_CREAT | O_EXCL);
}

void append_file(const char *from, const char *to)
{
	copy_into(from, to, O_APPEND);
}

void rename_file(const char *from, const char *to)
{
	if (rename(from, to))
		die_errno("%s", to);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* Folders come unpacked with any permissions: make them ours to empty. */
static int open_up(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)ftw;
	if ((type == FTW_D || type == FTW_DNR) && (st->st_mode & 0700) != 0700)
		return chmod(path, 0700);
	return 0;
}

bool remove_tree(const char *path)
{
	nftw(path, open_up, 64, FTW_PHYS);
	return nftw(path, remove_one, 64, FTW_DEPTH | FTW_PHYS) == 0;
}

static time_t newest;

static int newest_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)path;
	(void)ftw;
	if (type == FTW_F && st->st_mtime > newest)
		newest = st->st_mtime;
	return 0;
}

time_t tree_newest(const char *path)
{
	newest = 0;
	nftw(path, newest_one, 64, FTW_PHYS);
	return newest;
}

static unsigned long long counted;

static int count_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)path;
	(void)type;
	(void)ftw;
	counted += st->st_size;
	return 0;
}

unsigned long long tree_bytes(const char *path)
{
	counted = 0;
	nftw(path, count_one, 64, FTW_PHYS);
	return counted;
}

int lock_file(const char *path)
{
	int fd;

	make_parents(path);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0 && !flock(fd, LOCK_EX | LOCK_NB))
		return fd;
	progress("waiting for another %s", prog_name);
	if (fd < 0 || flock(fd, LOCK_EX))
		die_errno("%s", path);
	return fd;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void list_dir(const char *path, struct strv *names)
{
	DIR *d = opendir(path);
	struct dirent *e;

	if (!d)
		die_errno("%s", path);
	while ((e = readdir(d)))
		if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
			strv_add(names, e->d_name);
	closedir(d);
	if (names->n)
		qsort(names->v, names->n, sizeof(*names->v), compare);
}

char *own_directory(void)
{
	char path[PATH_MAX], *slash;
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (n < 0)
		die_errno("/proc/self/exe");
	path[n] = 0;
	slash = strrchr(path, '/');
	if (slash)
		*slash = 0;
	return xstrdup(path);
}
