// SPDX-License-Identifier: GPL-2.0
/* rumprun-kit: used by kernel/Makefile only. */
#include "kit.h"

#include <stdio.h>
#include <string.h>

static void read_all(struct components *all, char **files)
{
	for (; *files; files++)
		components_read(all, *files);
}

int main(int argc, char **argv)
{
	struct components all = { 0 };

	prog_name = "rumprun-kit";
	if (argc >= 4 && !strcmp(argv[1], "fragment")) {
		read_all(&all, argv + 3);
		kit_fragment(&all, argv[2]);
	} else if (argc >= 6 && !strcmp(argv[1], "base")) {
		read_all(&all, argv + 5);
		kit_base(&all, argv[2], argv[3], argv[4]);
	} else if (argc >= 6 && !strcmp(argv[1], "objects")) {
		read_all(&all, argv + 5);
		kit_objects(&all, argv[2], argv[3], argv[4]);
	} else if (argc >= 7 && !strcmp(argv[1], "index")) {
		read_all(&all, argv + 6);
		kit_index(&all, argv[2], argv[3], argv[4], argv[5]);
	} else {
		die_usage(
			"usage: rumprun-kit fragment KIND FILE... | base KIND LIST DIR FILE... |\n"
			"       objects KIND TREE DIR FILE... | index BASE KIND TREE DIR FILE...");
	}
	return 0;
}
