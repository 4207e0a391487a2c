// SPDX-License-Identifier: GPL-2.0
#include "util.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const char *prog_name = "rumprun";

static bool progress_shown;

static void message(int err, const char *fmt, va_list ap)
{
	progress_done();
	fflush(stdout);
	fprintf(stderr, "%s: ", prog_name);
	vfprintf(stderr, fmt, ap);
	if (err)
		fprintf(stderr, ": %s", strerror(err));
	fputc('\n', stderr);
}

void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message(0, fmt, ap);
	va_end(ap);
	exit(EXIT_FAILED);
}

void die_usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message(0, fmt, ap);
	va_end(ap);
	exit(EXIT_USAGE);
}

void die_errno(const char *fmt, ...)
{
	int err = errno;
	va_list ap;

	va_start(ap, fmt);
	message(err, fmt, ap);
	va_end(ap);
	exit(EXIT_FAILED);
}

void warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message(0, fmt, ap);
	va_end(ap);
}

static double seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

void progress(const char *fmt, ...)
{
	static double start;
	va_list ap;

	if (!start)
		start = seconds();
	if (seconds() - start < 2 || !isatty(STDERR_FILENO))
		return;
	va_start(ap, fmt);
	fputs("\r\033[K", stderr);
	vfprintf(stderr, fmt, ap);
	fputs("...", stderr);
	fflush(stderr);
	va_end(ap);
	progress_shown = true;
}

void progress_done(void)
{
	if (progress_shown)
		fputs("\r\033[K", stderr);
	progress_shown = false;
}

static void *checked(void *p)
{
	if (!p)
		die("out of memory");
	return p;
}

void *xcalloc(size_t n, size_t size)
{
	return checked(calloc(n, size));
}

void *xrealloc(void *p, size_t size)
{
	return checked(realloc(p, size));
}

char *xstrdup(const char *s)
{
	return checked(strdup(s));
}

static char *xvasprintf(const char *fmt, va_list ap)
{
	char *s;

	if (vasprintf(&s, fmt, ap) < 0)
		die("out of memory");
	return s;
}

char *xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = xvasprintf(fmt, ap);
	va_end(ap);
	return s;
}

static void strv_take(struct strv *l, char *s)
{
	l->v = xrealloc(l->v, (l->n + 2) * sizeof(*l->v));
	l->v[l->n++] = s;
	l->v[l->n] = NULL;
}

void strv_add(struct strv *l, const char *s)
{
	strv_take(l, xstrdup(s));
}

void strv_addf(struct strv *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	strv_take(l, xvasprintf(fmt, ap));
	va_end(ap);
}

void strv_split(struct strv *l, const char *s, const char *separators)
{
	char *copy = xstrdup(s), *save = NULL, *word;

	for (word = strtok_r(copy, separators, &save); word;
	     word = strtok_r(NULL, separators, &save))
		strv_add(l, word);
	free(copy);
}

bool strv_has(const struct strv *l, const char *s)
{
	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(l->v[i], s))
			return true;
	return false;
}

char *strv_join(const struct strv *l, const char *separator)
{
	char *all = xstrdup("");

	for (size_t i = 0; i < l->n; i++) {
		char *longer = xasprintf("%s%s%s", all, i ? separator : "", l->v[i]);

		free(all);
		all = longer;
	}
	return all;
}

bool strv_remove(struct strv *l, const char *s)
{
	for (size_t i = 0; i < l->n; i++) {
		if (strcmp(l->v[i], s))
			continue;
		free(l->v[i]);
		memmove(&l->v[i], &l->v[i + 1], (l->n - i) * sizeof(*l->v));
		l->n--;
		return true;
	}
	return false;
}

void strv_free(struct strv *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i]);
	free(l->v);
	l->v = NULL;
	l->n = 0;
}

#define NEAREST_LONGEST 63

static size_t edit_distance(const char *a, const char *b)
{
	size_t row[NEAREST_LONGEST + 1], la = strlen(a), lb = strlen(b);

	if (la > NEAREST_LONGEST || lb > NEAREST_LONGEST)
		return NEAREST_LONGEST;
	for (size_t j = 0; j <= lb; j++)
		row[j] = j;
	for (size_t i = 1; i <= la; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[lb];
}

const char *nearest(const char *name, const struct strv *candidates)
{
	size_t best = strlen(name) / 3 + 2;
	const char *found = NULL;

	for (size_t i = 0; i < candidates->n; i++) {
		size_t d = edit_distance(name, candidates->v[i]);

		if (d && d < best) {
			best = d;
			found = candidates->v[i];
		}
	}
	return found;
}

const char *human_size(unsigned long long bytes)
{
	static char buf[4][32];
	static unsigned int turn;
	char *s = buf[turn++ % 4];

	if (bytes < 10 * 1000)
		snprintf(s, sizeof(buf[0]), "%.1f KB", bytes / 1e3);
	else if (bytes < 1000 * 1000)
		snprintf(s, sizeof(buf[0]), "%.0f KB", bytes / 1e3);
	else if (bytes < 100 * 1000 * 1000)
		snprintf(s, sizeof(buf[0]), "%.1f MB", bytes / 1e6);
	else
		snprintf(s, sizeof(buf[0]), "%.0f MB", bytes / 1e6);
	return s;
}

bool starts_with(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}
