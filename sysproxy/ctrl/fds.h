/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which local descriptors stand for remote ones. Locally each is a placeholder, so that numbers
 * are given out, inherited and closed by the host's kernel as for any other.
 */
#ifndef RUMPRUN_CTRL_FDS_H
#define RUMPRUN_CTRL_FDS_H

#include <stdbool.h>

/* A remote open file; several descriptors may refer to it. */
struct file {
	int refs;
	int fd; /* at the server */
	/* The remote half of a local epoll descriptor, not a descriptor of its own. */
	bool mirror;
	struct ring *ring; /* of a packet socket, or NULL */
};

struct fds;

/* All of them give up when memory is short, by ending the program. */
struct fds *fds_new(void);
struct fds *fds_share(struct fds *f);
struct fds *fds_copy(const struct fds *f);
/* The descriptor's file, or NULL if it is a local one. Mirrors do not count. */
struct file *fds_file(const struct fds *f, int fd);
struct file *fds_mirror(const struct fds *f, int fd);
void fds_set(struct fds *f, int fd, struct file *file, bool cloexec);
void fds_set_cloexec(struct fds *f, int fd, bool cloexec);
void fds_set_cloexec_range(struct fds *f, int first, int last);

struct file *file_new(int fd);
/*
 * Forgetting: each calls "closed" for a file that nobody refers to any more.
 */
void fds_drop(struct fds *f, void (*closed)(int fd, void *arg), void *arg);
void fds_close(struct fds *f, int first, int last, void (*closed)(int fd, void *arg), void *arg);
void fds_execute(struct fds *f, void (*closed)(int fd, void *arg), void *arg);

#endif
