// SPDX-License-Identifier: GPL-2.0
/*
 * Linux puts some cleared variables, for the sake of their place in memory, into sections that lie
 * in the file: per-CPU data, and what must begin on a cache line. Where all of such a section is
 * zero, it becomes one that takes no room in an image (kernel.lds knows the names).
 */
#include "kit.h"
#include "elffile.h"
#include "child.h"
#include "file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
	const char *prefix, *cleared;
} places[] = {
	{ ".data..percpu", ".bss..percpu" },
	{ ".data..cacheline_aligned", ".bss.cacheline_aligned" },
	{ ".data..page_aligned", ".bss..page_aligned" },
	{ ".data..read_mostly", ".bss.read_mostly" },
};

static const char *cleared_name(const char *section)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (starts_with(section, places[i].prefix))
			return places[i].cleared;
	return NULL;
}

static bool is_zero(Elf_Scn *scn)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	const char *bytes = data ? data->d_buf : NULL;

	return bytes && data->d_size && !bytes[0] && !memcmp(bytes, bytes + 1, data->d_size - 1);
}

static bool has_relocations(struct elf_file *f, const char *section)
{
	char *name = xasprintf(".rela%s", section);
	GElf_Shdr shdr;
	bool found = elf_section(f, name, &shdr);

	free(name);
	return found;
}

/* objcopy's options for an object; false if there is nothing to do. */
static bool renames(const char *object, struct strv *argv)
{
	struct elf_file f;
	Elf_Scn *scn = NULL;
	bool any = false;

	if (!elf_open(&f, object))
		return false;
	while ((scn = elf_nextscn(f.elf, scn))) {
		const char *name = elf_section_name(&f, scn), *cleared = cleared_name(name);
		GElf_Shdr shdr;

		if (!cleared || !gelf_getshdr(scn, &shdr) || shdr.sh_type != SHT_PROGBITS ||
		    has_relocations(&f, name) || !is_zero(scn))
			continue;
		strv_addf(argv, "--rename-section=%s=%s,alloc", name, cleared);
		any = true;
	}
	elf_shut(&f);
	return any;
}

void kit_clear(struct strv *objects)
{
	for (size_t i = 0; i < objects->n; i++) {
		struct strv argv = { 0 };
		char *out;

		strv_add(&argv, "objcopy");
		if (renames(objects->v[i], &argv)) {
			out = xasprintf("%s.cleared", objects->v[i]);
			strv_add(&argv, objects->v[i]);
			strv_add(&argv, out);
			run(argv.v, "apt-get install binutils");
			free(objects->v[i]);
			objects->v[i] = out;
		}
		strv_free(&argv);
	}
}
