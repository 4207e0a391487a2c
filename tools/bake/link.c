// SPDX-License-Identifier: GPL-2.0
/*
 * Link the base kernel, the chosen components, the initial RAM disk and a root in memory into one
 * ELF file. Components start like built-in drivers, after the base's own, needs first.
 */
#include "bake.h"
#include "child.h"
#include "file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void write_initcalls(struct bake *b, FILE *f)
{
	bool relative = json_is_true(json_object_get(b->selection.index, "relative_initcalls"));

	fputs(".section .initcall6.init,\"a\"\n.balign 4\n", f);
	for (size_t i = 0; i < b->selection.modules.n; i++) {
		const char *name = b->selection.modules.v[i];

		if (!module_has_init(&b->selection, name))
			continue;
		if (relative)
			fprintf(f, ".long rump_component_%s_init - .\n", name);
		else
			fprintf(f, ".quad rump_component_%s_init\n", name);
	}
}

/* The names are those of Linux's usr/initramfs_data.S, whose place this takes. */
static void write_initramfs(struct bake *b, FILE *f)
{
	fprintf(f,
		".section .init.ramfs,\"a\"\n"
		"1: .incbin \"%s/initramfs\"\n"
		"2:\n"
		".section .init.ramfs.info,\"a\"\n"
		".globl __initramfs_size\n"
		"__initramfs_size: .quad 2b - 1b\n",
		b->work);
}

static void write_root(struct bake *b, FILE *f)
{
	fputs(".section .rump.root,\"a\"\n"
	      ".balign 4096\n",
	      f);
	if (b->root_in == ROOT_MEMORY)
		fprintf(f, ".incbin \"%s/root.erofs\"\n", b->work);
}

static void write_parts(struct bake *b)
{
	char *path = xasprintf("%s/parts.S", b->work);
	FILE *f = fopen(path, "we");

	if (!f)
		die_errno("%s", path);
	write_initcalls(b, f);
	write_initramfs(b, f);
	write_root(b, f);
	fputs(".section .note.GNU-stack,\"\",@progbits\n", f);
	if (fclose(f))
		die_errno("%s", path);
	free(path);
}

static void assemble(struct bake *b)
{
	char *from = xasprintf("%s/parts.S", b->work), *to = xasprintf("%s/parts.o", b->work);
	char *argv[] = { "as", "--64", "-o", to, from, NULL };

	run(argv, "apt-get install binutils");
	free(from);
	free(to);
}

static void add_objects(struct bake *b, struct strv *argv)
{
	char *kernel = kit_path("%s/kernel.o", b->conf.base);

	strv_add(argv, kernel);
	free(kernel);
	for (size_t i = 0; i < b->selection.modules.n; i++) {
		char *path =
			kit_path("%s/components/%s.o", b->conf.base, b->selection.modules.v[i]);

		strv_add(argv, path);
		free(path);
	}
	strv_addf(argv, "%s/parts.o", b->work);
}

/*
 * Exports are left out, so the linker drops what neither the base nor a component uses. A component
 * has no "struct module" to count references in: THIS_MODULE is NULL, as in built-in code. What is
 * left of Linux's module loader is never called, so that it may lack the port's part of it.
 */
void link_image(struct bake *b)
{
	static const char *const flags[] = { "-m",
					     "elf_x86_64",
					     "-z",
					     "noexecstack",
					     "-z",
					     "max-page-size=4096",
					     "--gc-sections",
					     "--no-warn-rwx-segments",
					     "--build-id=none",
					     "--defsym=__this_module=0",
					     "--defsym=apply_relocate_add=0" };
	char *script = kit_path("%s/kernel.lds", b->conf.base);
	struct strv argv = { 0 };

	write_parts(b);
	assemble(b);
	strv_add(&argv, "ld");
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
		strv_add(&argv, flags[i]);
	strv_addf(&argv, "--script=%s", script);
	strv_add(&argv, "-o");
	strv_addf(&argv, "%s/kernel", b->work);
	add_objects(b, &argv);
	run(argv.v, "apt-get install binutils");
	strv_free(&argv);
	free(script);
}
