/* SPDX-License-Identifier: GPL-2.0 */
/* Files, folders and called programs. Every function ends the program when it fails. */
#ifndef RUMPRUN_FILE_H
#define RUMPRUN_FILE_H

#include "util.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

bool exists(const char *path);
bool is_directory(const char *path);
off_t file_size(const char *path);

/* The content, with a NUL behind it. */
char *read_file(const char *path, size_t *size);
void write_file(const char *path, const void *data, size_t size);

/* A folder and those above it; parents_of leaves the last part out. */
void make_dirs(const char *path);
void make_parents(const char *path);

/* The content, the permissions and the time; the target must not exist. */
void copy_file(const char *from, const char *to);
void append_file(const char *from, const char *to);
void rename_file(const char *from, const char *to);
bool remove_tree(const char *path);
unsigned long long tree_bytes(const char *path);

/* When the newest file (not folder) was changed. */
time_t tree_newest(const char *path);

/* Keep out others that take the same lock, until the program ends or the result is closed. */
int lock_file(const char *path);

/* Names in a folder, sorted, without . and .. */
void list_dir(const char *path, struct strv *names);

/* Our own folder, from /proc/self/exe. */
char *own_directory(void);

#endif
