// SPDX-License-Identifier: GPL-2.0
/*
 * The section .note.package, as systemd's "package metadata for executable files" has it: owner
 * FDO, a JSON object. Distributions write it too; ours says so in "type".
 */
#include "note.h"
#include "elffile.h"

#include <string.h>

#define SECTION	     ".note.package"
#define OWNER	     "FDO"
#define TYPE_PACKAGE 0xcafe1a7e

static json_t *parse(const char *text, size_t size)
{
	json_t *note = json_loadb(text, strnlen(text, size), 0, NULL);
	const char *type = json_string_value(json_object_get(note, "type"));

	if (type && !strcmp(type, "rumprun"))
		return note;
	json_decref(note);
	return NULL;
}

json_t *note_read(const char *path)
{
	size_t offset = 0, name, text;
	json_t *note = NULL;
	struct elf_file f;
	Elf_Data *data;
	GElf_Shdr shdr;
	GElf_Nhdr nhdr;
	Elf_Scn *scn;

	if (!elf_open(&f, path))
		return NULL;
	scn = elf_section(&f, SECTION, &shdr);
	data = scn ? elf_getdata(scn, NULL) : NULL;
	while (!note && data && (offset = gelf_getnote(data, offset, &nhdr, &name, &text))) {
		const char *bytes = data->d_buf;

		if (nhdr.n_type == TYPE_PACKAGE && nhdr.n_namesz == sizeof(OWNER) &&
		    !memcmp(bytes + name, OWNER, sizeof(OWNER)))
			note = parse(bytes + text, nhdr.n_descsz);
	}
	elf_shut(&f);
	return note;
}
