// SPDX-License-Identifier: GPL-2.0
/*
 * The shared libraries of a program, found as the dynamic linker would find them: first in the
 * staged root, then on the host.
 */
#include "stage.h"
#include "elfprog.h"
#include "file.h"
#include "libs.h"
#include "tree.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

static const char *const glibc_dirs[] = { "/lib/x86_64-linux-gnu",
					  "/usr/lib/x86_64-linux-gnu",
					  "/lib64",
					  "/usr/lib64",
					  "/lib",
					  "/usr/lib",
					  NULL };
static const char *const musl_dirs[] = { "/lib",
					 "/usr/local/lib",
					 "/usr/lib",
					 "/lib/x86_64-linux-musl",
					 "/usr/lib/x86_64-linux-musl",
					 NULL };

/* Loaded by glibc itself while the program runs: name services, and unwinding for threads. */
static const char *const glibc_loads[] = { "libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2",
					   "libgcc_s.so.1", NULL };

/* One search for libraries: a program and everything that it draws in. */
struct search {
	struct bake *b;
	const char *program;
	bool musl;
	struct strv done;	/* names that were looked for */
	struct strv configured; /* folders of ld.so.conf */
};

/* An ELF file in the image, and where its original lies on the host. */
struct object {
	const char *path; /* in the image */
	const char *source;
};

static void read_ld_conf(struct strv *dirs, const char *path, int depth)
{
	char *text, *rest, *line;

	if (!exists(path) || depth > 8)
		return;
	text = rest = read_file(path, NULL);
	while ((line = strsep(&rest, "\n"))) {
		glob_t found;

		line[strcspn(line, "#")] = 0;
		if (starts_with(line, "include ")) {
			if (!glob(line + strlen("include "), 0, NULL, &found)) {
				for (size_t i = 0; i < found.gl_pathc; i++)
					read_ld_conf(dirs, found.gl_pathv[i], depth + 1);
				globfree(&found);
			}
		} else if (*line == '/') {
			line[strcspn(line, " \t")] = 0;
			strv_add(dirs, line);
		}
	}
	free(text);
}

static bool right_machine(const char *path)
{
	struct elf_program p;
	bool right = elf_program_read(&p, path) == ELF_PROGRAM;

	elf_program_free(&p);
	return right;
}

static char *folder_of(const char *path)
{
	char *dir = xstrdup(path), *slash = strrchr(dir, '/');

	if (slash)
		*slash = 0;
	return dir;
}

/* $ORIGIN is the folder of the file that says so. */
static char *expand_origin(const char *entry, const char *path)
{
	const char *names[] = { "$ORIGIN", "${ORIGIN}" };
	char *origin, *expanded;

	for (size_t i = 0; i < 2; i++) {
		if (!starts_with(entry, names[i]))
			continue;
		origin = folder_of(path);
		expanded = xasprintf("%s%s", origin, entry + strlen(names[i]));
		free(origin);
		return expanded;
	}
	return xstrdup(entry);
}

static void take_object(struct search *s, const char *path, const char *source);

/* IN the staged root at DIR/NAME, or on the host at HOST_DIR/NAME. */
static bool try_folder(struct search *s, const char *dir, const char *host_dir, const char *name)
{
	char *path = xasprintf("%s/%s", dir, name), *host = xasprintf("%s/%s", host_dir, name);
	char *staged = tree_file(s->b->root, path), *full = NULL;
	bool found = true;

	if (staged) {
		full = xasprintf("%s%s", s->b->root, staged);
		take_object(s, path, full);
	} else if (exists(host) && !is_directory(host) && right_machine(host)) {
		if (strcmp(dir, host_dir))
			stage_file(s->b, host, path);
		else
			stage_same(s->b, path);
		take_object(s, path, host);
	} else {
		found = false;
	}
	free(full);
	free(staged);
	free(host);
	free(path);
	return found;
}

static bool try_run_path(struct search *s, const struct object *o, const struct strv *entries,
			 const char *name)
{
	bool found = false;

	for (size_t i = 0; i < entries->n && !found; i++) {
		char *dir = expand_origin(entries->v[i], o->path);
		char *host_dir = expand_origin(entries->v[i], o->source);

		found = *dir == '/' && try_folder(s, dir, host_dir, name);
		free(host_dir);
		free(dir);
	}
	return found;
}

/* A folder from ld.so.conf: there is no cache in the image, so a link stands where all look. */
static bool try_configured(struct search *s, const char *name)
{
	for (size_t i = 0; i < s->configured.n; i++) {
		char *target, *link, *place;

		if (!try_folder(s, s->configured.v[i], s->configured.v[i], name))
			continue;
		target = xasprintf("%s/%s", s->configured.v[i], name);
		link = xasprintf("/usr/lib/x86_64-linux-gnu/%s", name);
		place = stage_place(s->b, link);
		if (!exists(place))
			stage_symlink(s->b, target, link);
		free(place);
		free(link);
		free(target);
		return true;
	}
	return false;
}

static bool find_library(struct search *s, const struct object *o, const struct elf_program *p,
			 const char *name)
{
	const char *const *dirs = s->musl ? musl_dirs : glibc_dirs;

	if (strchr(name, '/'))
		return *name == '/' && try_folder(s, "", "", name);
	if (try_run_path(s, o, p->runpath.n ? &p->runpath : &p->rpath, name))
		return true;
	for (; *dirs; dirs++)
		if (try_folder(s, *dirs, *dirs, name))
			return true;
	return !s->musl && try_configured(s, name);
}

static void take_needed(struct search *s, const struct object *o, const struct elf_program *p)
{
	for (size_t i = 0; i < p->needed.n; i++) {
		const char *name = p->needed.v[i];

		if (strv_has(&s->done, name))
			continue;
		strv_add(&s->done, name);
		if (!find_library(s, o, p, name))
			die("%s: library %s, needed by %s, was not found; add it with --file "
			    "LIBRARY:/usr/lib/",
			    s->program, name, o->path);
	}
}

static void note_library(struct bake *b, const char *path, const char *source)
{
	const char *name = strrchr(path, '/') + 1;

	if (strv_has(&b->library_names, name))
		return;
	strv_add(&b->library_names, name);
	strv_add(&b->library_sources, source);
}

static void take_object(struct search *s, const char *path, const char *source)
{
	struct object o = { path, source };
	struct elf_program p;

	note_library(s->b, path, source);

	if (elf_program_read(&p, source) != ELF_PROGRAM)
		die("%s is not a library for x86-64", source);
	take_needed(s, &o, &p);
	elf_program_free(&p);
}

static void take_loads(struct search *s)
{
	for (const char *const *name = glibc_loads; *name; name++) {
		bool found = strv_has(&s->done, *name);

		for (const char *const *dir = glibc_dirs; *dir && !found; dir++)
			found = try_folder(s, *dir, *dir, *name);
	}
}

void stage_libraries(struct bake *b, const char *path, const char *source)
{
	struct search s = { .b = b, .program = path };
	struct object o = { path, source };
	struct elf_program p;

	if (elf_program_read(&p, source) == ELF_PROGRAM && p.interpreter) {
		char *dir = folder_of(p.interpreter);
		const char *name = strrchr(p.interpreter, '/');

		s.musl = strstr(p.interpreter, "ld-musl");
		read_ld_conf(&s.configured, "/etc/ld.so.conf", 0);
		if (!name || !try_folder(&s, dir, dir, name + 1))
			die("%s: its dynamic linker %s does not exist here", path, p.interpreter);
		take_needed(&s, &o, &p);
		if (strv_has(&s.done, "libc.so.6"))
			take_loads(&s);
		free(dir);
	}
	elf_program_free(&p);
	strv_free(&s.done);
	strv_free(&s.configured);
}
