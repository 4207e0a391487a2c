/* SPDX-License-Identifier: GPL-2.0 */
/* Writing "newc" archives, as Linux unpacks them for its initial RAM disk. */
#ifndef RUMPRUN_CPIO_H
#define RUMPRUN_CPIO_H

#include <stdio.h>
#include <sys/types.h>

struct cpio {
	FILE *f;
	unsigned int inode;
};

/* Name without a leading slash. The data of a symbolic link is its target. */
void cpio_entry(struct cpio *c, const char *name, mode_t mode, dev_t device, const void *data,
		size_t size);
/* A folder's content, below a prefix. */
void cpio_tree(struct cpio *c, const char *dir, const char *prefix);
void cpio_end(struct cpio *c);

#endif
