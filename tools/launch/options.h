/* SPDX-License-Identifier: GPL-2.0 */
/* The command line of rumprun. */
#ifndef RUMPRUN_OPTIONS_H
#define RUMPRUN_OPTIONS_H

#include <jansson.h>
#include <stdbool.h>

#include "launch.h"

enum platform { PLATFORM_AUTO, PLATFORM_QEMU, PLATFORM_KVM, PLATFORM_PROC };

struct options {
	enum platform platform;
	const char *image;
	/* Come behind the baked arguments of the program. */
	char **program_args;
	int nprogram_args;

	bool interactive;
	bool destroy;
	bool paused;
	bool verbose;
	bool sudo;
	bool allow_root;
	int gdb_port;
	const char *tmpdir;
	/* -g, in the order given. */
	struct strv qemu_args;
	/* --root: a file system to take instead of the image's own, or NULL. */
	const char *root;
	/* --config, or NULL; then what the options say, in the form of a document. */
	const char *config;
	json_t *document;
	/* -W: its parts, to be laid over the interface of the same tag. */
	json_t *addresses;
};

/* Does not come back from a usage error or -h. */
void options_parse(int argc, char **argv, struct options *opt);

#endif
