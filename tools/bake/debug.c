// SPDX-License-Identifier: GPL-2.0
/* OUT.debug: what gdb needs, as the image itself is stripped. */
#include "bake.h"
#include "file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Where Linux puts position-independent programs when addresses are not randomised: those with a
 * dynamic linker at a place of their own, others right below the top of all mappings.
 */
#define PIE_BASE	    0x555555554000ULL
#define MAPPING_TOP	    0x7ffff7fff000ULL
#define PROCESS_PIE_BASE    0x3ffffffff000ULL
#define PROCESS_MAPPING_TOP 0x5ffff7fff000ULL

static unsigned long long load_address(const struct bake *b, const struct elf_program *elf)
{
	bool process = bakes_process(b);

	if (!elf->pie)
		return 0;
	if (elf->interpreter)
		return process ? PROCESS_PIE_BASE : PIE_BASE;
	return (process ? PROCESS_MAPPING_TOP : MAPPING_TOP) - elf->span;
}

/* Names are relative: image and folder may be moved. rumprun says -cd. */
static void write_script(struct bake *b, const char *dir)
{
	char *path = xasprintf("%s/gdb", dir);
	FILE *f = fopen(path, "we");

	if (!f)
		die_errno("%s", path);
	fputs("set confirm off\nset pagination off\nfile kernel\n", f);
	/* The host's signals are a processor's exceptions and interrupts. */
	if (bakes_process(b))
		fputs("handle SIGSYS SIGSEGV SIGALRM SIGIO nostop noprint pass\n", f);
	for (size_t i = 0; i < b->nprograms; i++)
		fprintf(f, "add-symbol-file %s -o %#llx\n", b->programs[i].name,
			load_address(b, &b->programs[i].elf));
	/* The last, as there are gdbs without Python. */
	fputs("source libraries.py\n", f);
	for (size_t i = 0; i < b->nprograms; i++) {
		const struct elf_program *elf = &b->programs[i].elf;

		if (elf->interpreter)
			fprintf(f, "rumprun-libraries %#llx\n",
				load_address(b, elf) + elf->dynamic);
	}
	if (fclose(f))
		die_errno("%s", path);
	free(path);
}

static void copy_once(const char *from, const char *dir, const char *name)
{
	char *to = xasprintf("%s/%s", dir, name);

	if (!exists(to))
		copy_file(from, to);
	free(to);
}

static void copy_programs(struct bake *b, const char *dir)
{
	char *libraries = xasprintf("%s/lib", dir), *script = kit_path("gdb/libraries.py");

	for (size_t i = 0; i < b->nprograms; i++)
		copy_once(b->programs[i].elf_source, dir, b->programs[i].name);
	make_dirs(libraries);
	for (size_t i = 0; i < b->library_names.n; i++)
		copy_once(b->library_sources.v[i], libraries, b->library_names.v[i]);
	copy_once(script, dir, "libraries.py");
	free(script);
	free(libraries);
}

/* Types and variables lie in one package per base; gdb finds it by this name. */
static void link_package(struct bake *b, const char *dir)
{
	char *package = kit_path("%s/kernel.dwp", b->conf.base), *real;
	char *to = xasprintf("%s/kernel.dwp", dir);

	real = realpath(package, NULL);
	if (real && link(real, to) && symlink(real, to))
		die_errno("%s", to);
	free(real);
	free(to);
	free(package);
}

/* Complete before anything of an earlier image is touched. */
void write_debug(struct bake *b)
{
	char *kernel = xasprintf("%s/kernel", b->work);
	char *to = xasprintf("%s/kernel", b->partial_debug);

	make_dirs(b->partial_debug);
	copy_file(kernel, to);
	link_package(b, b->partial_debug);
	copy_programs(b, b->partial_debug);
	write_script(b, b->partial_debug);
	free(to);
	free(kernel);
}

void replace_debug(struct bake *b)
{
	char *dir = xasprintf("%s.debug", b->out);

	if (exists(dir) && !remove_tree(dir))
		die("%s could not be removed", dir);
	rename_file(b->partial_debug, dir);
	free(dir);
}
