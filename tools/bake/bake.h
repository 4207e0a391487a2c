/* SPDX-License-Identifier: GPL-2.0 */
/* Baking: the state of one run, and its steps in the order they happen. */
#ifndef RUMPRUN_BAKE_H
#define RUMPRUN_BAKE_H

#include "conf.h"
#include "elfprog.h"
#include "kit.h"
#include "util.h"

#include <jansson.h>

enum root_in { ROOT_AUTO, ROOT_MEMORY, ROOT_DRIVE, ROOT_RAM };

struct options {
	struct strv conf_files; /* -c */
	struct strv extra;	/* -m */
	struct strv trees;	/* --root */
	struct strv packages;	/* --deb */
	struct strv files;	/* --file */
	struct strv env;	/* --env */
	const char *document;	/* --config */
	enum root_in root_in;
	bool read_only, dry_run, json, pipe;
};

/* A program in the image. */
struct program {
	const char *given; /* as on the command line */
	char *path;	   /* in the image */
	char *source;	   /* on the host, unstripped if it is so */
	char *interpreter; /* a dynamic linker, or what a script is for */
	/* What runs in the end: the program itself, or a script's interpreter. */
	char *name;
	char *elf_source;
	struct elf_program elf;
	struct strv args;
	json_t *built; /* note_read() of it */
};

struct bake {
	struct options opt;
	struct conf_set set;
	struct conf conf;
	struct selection selection;
	char *out; /* the image */
	/* Beside it, under names that nobody else has: what becomes OUT and OUT.debug. */
	char *partial, *partial_debug;
	char *work;		  /* the temporary folder */
	char *root;		  /* WORK/root: the staged file system */
	struct strv package_dirs; /* the packages, unpacked in the cache */
	struct program *programs;
	size_t nprograms;
	/* The shared libraries of all programs: their names, and where they lie on the host. */
	struct strv library_names, library_sources;
	json_t *document; /* the default configuration, as doc/config.md has it */
	enum root_in root_in;
	unsigned long long root_size;
	unsigned long long drive_offset;
};

/* What init and rumprun call the place of the root. */
const char *root_place(const struct bake *b);

/* Whether the image is for platform proc. */
bool bakes_process(const struct bake *b);

/* Ends the program if the image must not be written to OUT: better said before the work than after.
 */
void check_out(const struct bake *b);

/* Run the work in a child; whatever becomes of it, the temporary files go. */
int supervise(struct bake *b, int (*work)(struct bake *b));

void stage_root(struct bake *b);
void make_document(struct bake *b);
void make_root(struct bake *b);
void make_initramfs(struct bake *b);
void link_image(struct bake *b);
void sort_exceptions(struct bake *b);
void finish_image(struct bake *b);
void write_debug(struct bake *b);
void replace_debug(struct bake *b);

void show_list(struct bake *b);
void show_configuration(struct bake *b);

#endif
