// SPDX-License-Identifier: GPL-2.0
/* The programs of an image: found, put into the root, with interpreter and libraries. */
#include "stage.h"
#include "elffile.h"
#include "elfprog.h"
#include "child.h"
#include "file.h"
#include "libs.h"
#include "note.h"
#include "tree.h"

#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INTERPRETERS_DEEP 4

static char *staged_source(struct bake *b, const char *path)
{
	char *resolved = tree_file(b->root, path);
	char *full = resolved ? xasprintf("%s%s", b->root, resolved) : NULL;

	free(resolved);
	return full;
}

/* Debugging information, in a file that ends where its sections end: else it carries more. */
static bool can_be_stripped(const char *path)
{
	struct elf_file f;
	GElf_Shdr shdr;
	Elf_Scn *scn = NULL;
	size_t end;
	bool debug;

	if (!elf_open(&f, path))
		return false;
	end = f.ehdr.e_shoff + f.ehdr.e_shnum * f.ehdr.e_shentsize;
	/* Of other machines' files we shall say more than objcopy would. */
	debug = f.ehdr.e_machine == EM_X86_64 && elf_section(&f, ".debug_info", &shdr);
	while ((scn = elf_nextscn(f.elf, scn)))
		if (gelf_getshdr(scn, &shdr) && shdr.sh_type != SHT_NOBITS &&
		    shdr.sh_offset + shdr.sh_size > end)
			end = shdr.sh_offset + shdr.sh_size;
	elf_shut(&f);
	return debug && (off_t)end == file_size(path);
}

/* OUT.debug gets the whole file; the image has no use for its debugging information. */
static void stage_stripped(struct bake *b, const char *from, const char *path)
{
	char *to;

	if (!can_be_stripped(from)) {
		stage_file(b, from, path);
		return;
	}
	to = stage_place(b, path);
	if (!exists(to)) {
		char *argv[] = { "objcopy", "--preserve-dates", "--strip-debug", (char *)from, to,
				 NULL };

		run(argv, "apt-get install binutils");
	}
	free(to);
}

/* A program from outside: one found on PATH stays where it is, another goes to /bin. */
static void take_from_host(struct bake *b, struct program *p)
{
	const char *slash = strrchr(p->given, '/');
	char *found;

	if (exists(p->given) && !is_directory(p->given)) {
		p->path = xasprintf("/bin/%s", slash ? slash + 1 : p->given);
		p->source = realpath(p->given, NULL);
		if (!p->source)
			die_errno("%s", p->given);
		stage_stripped(b, p->source, p->path);
		return;
	}
	found = slash ? NULL : tree_program("", p->given);
	if (!found && is_directory(p->given))
		die("%s is a folder, not a program; add folders with --root", p->given);
	if (!found)
		die("%s: no such program here%s", p->given,
		    b->opt.packages.n || b->opt.trees.n ? ", in the packages or in --root" : "");
	p->path = found;
	p->source = realpath(found, NULL);
	stage_same(b, found);
}

static void locate(struct bake *b, struct program *p)
{
	char *staged = tree_program(b->root, p->given);

	if (!staged) {
		take_from_host(b, p);
		return;
	}
	p->path = staged;
	p->source = staged_source(b, staged);
}

/* What env starts: "env [-S] [NAME=VALUE...] PROGRAM ...". NULL when it is told no program. */
static const char *env_program(const struct strv *words)
{
	for (size_t i = 1; i < words->n; i++) {
		const char *word = words->v[i];

		if (starts_with(word, "-S"))
			word += strlen("-S");
		if (*word && *word != '-' && !strchr(word, '='))
			return word;
	}
	return NULL;
}

/* "#! INTERPRETER [ARGUMENT]", with env looked through. NULL when it is no script. */
static char *script_interpreter(struct bake *b, const char *source)
{
	char *text, *line, *interpreter = NULL;
	struct strv words = { 0 };
	size_t size;

	text = read_file(source, &size);
	if (size > 2 && text[0] == '#' && text[1] == '!') {
		line = text + 2;
		line[strcspn(line, "\n")] = 0;
		strv_split(&words, line, " \t");
	}
	if (words.n) {
		const char *slash = strrchr(words.v[0], '/');
		const char *name = slash && !strcmp(slash, "/env") ? env_program(&words) : NULL;

		interpreter = xstrdup(words.v[0]);
		if (name) {
			char *behind = tree_program(b->root, name);

			if (!behind)
				behind = tree_program("", name);
			if (behind && !tree_file(b->root, interpreter))
				stage_same(b, interpreter);
			if (behind)
				stage_libraries(b, interpreter, interpreter);
			free(interpreter);
			interpreter = behind;
		}
	}
	strv_free(&words);
	free(text);
	return interpreter;
}

static void take_needs(struct bake *b, struct program *p, const char *path, const char *source,
		       int depth);

static void take_interpreter(struct bake *b, struct program *p, const char *path,
			     const char *source, int depth)
{
	char *interpreter = script_interpreter(b, source), *where;

	if (!interpreter)
		die("%s is neither an ELF program nor a script that begins with #! and an "
		    "interpreter that exists",
		    p->given);
	if (depth > INTERPRETERS_DEEP)
		die("%s: its interpreters are scripts themselves, too many of them", p->given);
	where = staged_source(b, interpreter);
	if (!where) {
		if (!exists(interpreter))
			die("%s: its interpreter %s does not exist", path, interpreter);
		stage_same(b, interpreter);
		where = realpath(interpreter, NULL);
	}
	take_needs(b, p, interpreter, where, depth + 1);
	free(where);
	if (!depth)
		p->interpreter = interpreter;
	else
		free(interpreter);
}

static void take_needs(struct bake *b, struct program *p, const char *path, const char *source,
		       int depth)
{
	switch (elf_program_read(&p->elf, source)) {
	case ELF_PROGRAM:
		stage_libraries(b, path, source);
		p->name = xstrdup(strrchr(path, '/') + 1);
		p->elf_source = xstrdup(source);
		if (!depth) {
			p->built = note_read(source);
			p->interpreter = p->elf.interpreter ? xstrdup(p->elf.interpreter) : NULL;
		}
		break;
	case ELF_NONE:
		take_interpreter(b, p, path, source, depth);
		break;
	case ELF_OTHER:
		die("%s is not a program for x86-64", p->given);
	case ELF_DAMAGED:
		die("%s is damaged: parts of the ELF file are missing", p->given);
	}
}

static void check_executable(struct bake *b, const struct program *p)
{
	char *full = staged_source(b, p->path);

	if (full && access(full, X_OK))
		die("%s is not executable: chmod +x it", p->given);
	free(full);
}

static bool image_has(struct bake *b, const char *pattern)
{
	char *full = xasprintf("%s%s", b->root, pattern);
	glob_t found;
	bool has = !glob(full, 0, NULL, &found);

	globfree(&found);
	free(full);
	return has;
}

/* Debian's interpreters cannot even start without files that are no libraries to the linker. */
static void warn_of_bare_interpreter(struct bake *b, const struct program *p)
{
	static const struct {
		const char *program, *files, *package;
	} known[] = {
		{ "/usr/bin/python3", "/usr/lib/python3*/encodings", "python3" },
		{ "/usr/bin/perl", "/usr/lib/x86_64-linux-gnu/perl*", "perl" },
		{ "/usr/bin/ruby", "/usr/lib/ruby", "ruby" },
		{ "/usr/bin/node", "/usr/share/nodejs", "nodejs" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (starts_with(p->elf_source, known[i].program) && !image_has(b, known[i].files))
			warn("%s: %s needs its library, which the image lacks: add --deb %s",
			     p->given, p->name, known[i].package);
	}
}

void stage_programs(struct bake *b)
{
	for (size_t i = 0; i < b->nprograms; i++) {
		struct program *p = &b->programs[i];

		locate(b, p);
		check_executable(b, p);
		take_needs(b, p, p->path, p->source, 0);
		warn_of_bare_interpreter(b, p);
	}
}
