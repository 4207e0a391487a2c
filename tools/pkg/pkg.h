/* SPDX-License-Identifier: GPL-2.0 */
/* Packages: what packages/NAME/package.json says (doc/packaging.md), and what is done with it.
 */
#ifndef RUMPRUN_PKG_H
#define RUMPRUN_PKG_H

#include "util.h"

#include <jansson.h>

struct package {
	const char *name;
	const char *platform; /* "qemu" or "proc": what it is built for */
	char *dir;
	char *like;   /* the folder of the package that this one is a variant of, or NULL */
	json_t *json; /* owns what the following point to; those that are missing are NULL */
	const char *text;
	const char *configuration;
	const char
		*source;  /* a Debian source package to cross-build, or "" for sources of our own */
	const char *libc; /* for that: "gnu" or "musl" */
	json_t *deb;	  /* Debian packages whose files are taken */
	json_t *modify;	  /* changes of the configuration */
	json_t *programs; /* argument vectors */
	json_t *launch;	  /* a document as doc/config.md has it */
	json_t *disks;
	json_t *with;	 /* packages that its test needs */
	json_t *needs;	 /* for building and testing, in the form of scripts/NAME.list */
	json_t *without; /* platform: why it does not run there */
	bool fast;	 /* one of those that "make check" tests */
};

/* Ends the program, naming file and key, when the folder or its description is wrong. */
void package_read(struct package *p, const char *folder, const char *name, const char *platform);
/* Why it does not run on its platform; NULL when it does. */
const char *package_obstacle(const struct package *p);
/* A file or folder of the package, from its own folder or that of the one it is like; or NULL. */
char *package_file(const struct package *p, const char *name);
/* Names of all packages in a folder, sorted. */
void package_names(const char *folder, struct strv *names);

/* What an image of the package depends on, as a string for file names. */
char *package_key(const struct package *p);
/* What its cross-built files depend on. */
char *source_key(const struct package *p);
/* What a test's result depends on, besides. */
char *test_key(const struct package *p, const char *image_key);

/* The image in the cache, baked if it is not there yet; the package must be locked. */
char *package_build(const struct package *p);
/* An image elsewhere, with more options of rumprun-bake. */
void package_bake(const struct package *p, const char *image, const struct strv *more);
/* Print on standard error how rumprun-bake is called for either. */
void package_show(const struct package *p, const char *image, const struct strv *more);
/* The tree with the cross-built files, likewise. */
char *source_build(const struct package *p);
/* Keep other processes from building the same package, until the program ends. */
void package_lock(const struct package *p);

/* Options of rumprun for the package's disks, which are made below dir where they are missing. */
void package_disks(const struct package *p, const char *dir, struct strv *argv);

/* Run a program with its output in a log, saying on a terminal what goes on; the status. */
int run_watched(char *const argv[], const char *log, const char *what);
_Noreturn void die_of_log(const char *what, const char *log);

struct test_options {
	bool again;   /* even if it has passed before and nothing has changed */
	bool measure; /* find the smallest memory */
};

/* Prints "ok" and "FAIL" lines. */
bool package_test(const struct package *p, const char *folder, const struct test_options *options);
/* The last result, or NULL: {"passed", "failed", "first", "memory", "bytes"}. */
json_t *package_result(const struct package *p);
/* All results, for doc/packages.md. */
void show_table(const char *folder);

#endif
