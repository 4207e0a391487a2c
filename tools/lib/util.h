/* SPDX-License-Identifier: GPL-2.0 */
/* Errors, memory and strings, as every tool needs them. */
#ifndef RUMPRUN_UTIL_H
#define RUMPRUN_UTIL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define PRINTF(a, b) __attribute__((format(printf, a, b)))

/* Exit statuses of all tools. */
enum {
	EXIT_FAILED = 1, /* something could not be done: a file, a program that was called */
	EXIT_USAGE = 64, /* the command line or a configuration is wrong */
};

extern const char *prog_name;

/* Print "prog: message" and end with a status; die_errno adds the reason. */
_Noreturn void die(const char *fmt, ...) PRINTF(1, 2);
_Noreturn void die_usage(const char *fmt, ...) PRINTF(1, 2);
_Noreturn void die_errno(const char *fmt, ...) PRINTF(1, 2);
void warn(const char *fmt, ...) PRINTF(1, 2);

/* Say on a terminal what is going on, once more than two seconds have passed. */
void progress(const char *fmt, ...) PRINTF(1, 2);
void progress_done(void);

void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);
char *xasprintf(const char *fmt, ...) PRINTF(1, 2);

/* A growing list of strings, always ended by NULL, so that it can be an argv. */
struct strv {
	char **v;
	size_t n;
};

void strv_add(struct strv *l, const char *s);
void strv_addf(struct strv *l, const char *fmt, ...) PRINTF(2, 3);
void strv_split(struct strv *l, const char *s, const char *separators);
bool strv_has(const struct strv *l, const char *s);
bool strv_remove(struct strv *l, const char *s);
/* All of them in one string, to be freed. */
char *strv_join(const struct strv *l, const char *separator);
void strv_free(struct strv *l);

/* The candidate nearest to a misspelt name, or NULL when none is near. */
const char *nearest(const char *name, const struct strv *candidates);

/* "1.9 MB", "12 KB": in a static buffer, good for four calls in one printf. */
const char *human_size(unsigned long long bytes);

bool starts_with(const char *s, const char *prefix);

#endif
