// SPDX-License-Identifier: GPL-2.0
#include "fds.h"
#include "ring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct slot {
	struct file *file;
	bool cloexec;
};

struct fds {
	int refs;
	int n;
	struct slot *slot;
};

static void *checked(void *p)
{
	if (p)
		return p;
	fputs("rumpctrl: out of memory\n", stderr);
	exit(1);
}

struct fds *fds_new(void)
{
	struct fds *f = checked(calloc(1, sizeof(*f)));

	f->refs = 1;
	return f;
}

struct fds *fds_share(struct fds *f)
{
	f->refs++;
	return f;
}

struct fds *fds_copy(const struct fds *f)
{
	struct fds *copy = fds_new();

	if (!f->n)
		return copy;
	copy->n = f->n;
	copy->slot = checked(malloc(f->n * sizeof(*f->slot)));
	memcpy(copy->slot, f->slot, f->n * sizeof(*f->slot));
	for (int i = 0; i < f->n; i++) {
		if (f->slot[i].file)
			f->slot[i].file->refs++;
	}
	return copy;
}

static struct file *any_file(const struct fds *f, int fd)
{
	return fd >= 0 && fd < f->n ? f->slot[fd].file : NULL;
}

struct file *fds_file(const struct fds *f, int fd)
{
	struct file *file = any_file(f, fd);

	return file && !file->mirror ? file : NULL;
}

struct file *fds_mirror(const struct fds *f, int fd)
{
	struct file *file = any_file(f, fd);

	return file && file->mirror ? file : NULL;
}

void fds_set(struct fds *f, int fd, struct file *file, bool cloexec)
{
	int n = f->n;

	while (fd >= n)
		n = n ? 2 * n : 64;
	if (n > f->n) {
		f->slot = checked(realloc(f->slot, n * sizeof(*f->slot)));
		memset(f->slot + f->n, 0, (n - f->n) * sizeof(*f->slot));
		f->n = n;
	}
	file->refs++;
	f->slot[fd] = (struct slot){ file, cloexec };
}

void fds_set_cloexec(struct fds *f, int fd, bool cloexec)
{
	if (any_file(f, fd))
		f->slot[fd].cloexec = cloexec;
}

void fds_set_cloexec_range(struct fds *f, int first, int last)
{
	for (int i = first; i <= last && i < f->n; i++)
		f->slot[i].cloexec = true;
}

struct file *file_new(int fd)
{
	struct file *file = checked(calloc(1, sizeof(*file)));

	file->fd = fd;
	return file;
}

void fds_close(struct fds *f, int first, int last, void (*closed)(int fd, void *arg), void *arg)
{
	for (int i = first < 0 ? 0 : first; i <= last && i < f->n; i++) {
		struct file *file = f->slot[i].file;

		f->slot[i] = (struct slot){ 0 };
		if (!file || --file->refs)
			continue;
		closed(file->fd, arg);
		ring_free(file->ring);
		free(file);
	}
}

void fds_drop(struct fds *f, void (*closed)(int fd, void *arg), void *arg)
{
	if (--f->refs)
		return;
	fds_close(f, 0, f->n - 1, closed, arg);
	free(f->slot);
	free(f);
}

void fds_execute(struct fds *f, void (*closed)(int fd, void *arg), void *arg)
{
	for (int i = 0; i < f->n; i++) {
		if (f->slot[i].cloexec)
			fds_close(f, i, i, closed, arg);
	}
}
