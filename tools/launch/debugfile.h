/* SPDX-License-Identifier: GPL-2.0 */
/* Functions and lines of ELF files with debugging information, on top of elfutils' libdw. */
#ifndef RUMPRUN_DEBUGFILE_H
#define RUMPRUN_DEBUGFILE_H

#include <stdbool.h>

struct debug_file;

struct debug_place {
	const char *function;
	unsigned long long offset; /* from the function's start */
	const char *file;	   /* NULL if nothing is known of lines */
	int line;
};

/* Opened once, and kept. NULL when it cannot be read. */
struct debug_file *debug_file(const char *path);

/* The file in the folder DIR (an image's .debug) for the program or library PATH in the image. */
struct debug_file *debug_file_of(const char *dir, const char *path);

/* The address, as the file itself counts, of what lies OFFSET bytes from its start; else 0. */
unsigned long long debug_file_address(struct debug_file *file, unsigned long long offset);

/* False when no function is known there. The strings live as long as the file. */
bool debug_file_place(struct debug_file *file, unsigned long long address,
		      struct debug_place *place);

/*
 * Whether the call right before a return address may have led to a function: a direct call goes
 * there, or to one that ends in a jump there; where other calls go is not known.
 */
bool debug_file_calls(struct debug_file *file, unsigned long long address, const char *function);

/* A symbol's address, or 0. */
unsigned long long debug_file_symbol(struct debug_file *file, const char *name);

#endif
