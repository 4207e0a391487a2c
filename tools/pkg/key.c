// SPDX-License-Identifier: GPL-2.0
/* Names for cached things, made from the content of all that they depend on. */
#include "child.h"
#include "file.h"
#include "paths.h"
#include "pkg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LENGTH	   32
#define HOST_LISTS "/var/lib/apt/lists"

/* Files are hashed by content; of others, which are large or many, size and time are told. */
struct recipe {
	struct strv files;
	struct strv words;
};

/* Sources beside build.sh belong to what is built; the test does not. */
static bool is_recipe(const char *name)
{
	return strcmp(name, "package.json") && strcmp(name, "test.sh") && strcmp(name, "root");
}

static void add_tree(struct recipe *r, const char *dir, const char *below)
{
	struct strv names = { 0 };

	list_dir(dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *path = xasprintf("%s/%s", dir, names.v[i]);
		char *name = xasprintf("%s/%s", below, names.v[i]);
		struct stat st;

		if (lstat(path, &st))
			die_errno("%s", path);
		if (S_ISDIR(st.st_mode)) {
			add_tree(r, path, name);
		} else if (S_ISREG(st.st_mode)) {
			strv_addf(&r->words, "%s %o %lld", name, st.st_mode, (long long)st.st_size);
			strv_add(&r->files, path);
		}
		free(name);
		free(path);
	}
	strv_free(&names);
}

static void add_file(struct recipe *r, char *path)
{
	if (path && exists(path))
		strv_add(&r->files, path);
	free(path);
}

static void add_time(struct recipe *r, char *path)
{
	struct stat st;

	if (!stat(path, &st))
		strv_addf(&r->words, "%s %lld %lld.%09ld", path, (long long)st.st_size,
			  (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
	free(path);
}

static void write_words(const struct recipe *r, const char *path)
{
	FILE *f = fopen(path, "we");

	if (!f)
		die_errno("%s", path);
	for (size_t i = 0; i < r->words.n; i++)
		fprintf(f, "%s\n", r->words.v[i]);
	if (fclose(f))
		die_errno("%s", path);
}

static char *digest(struct recipe *r)
{
	char *words = cache_path("packages/.words.%d", (int)getpid());
	char *sum = cache_path("packages/.sum.%d", (int)getpid()), *key;
	struct strv argv = { 0 };

	make_parents(words);
	write_words(r, words);
	strv_add(&argv, "sh");
	strv_add(&argv, "-c");
	strv_add(&argv, "cat -- \"$@\" | sha256sum");
	strv_add(&argv, "sh");
	strv_add(&argv, words);
	for (size_t i = 0; i < r->files.n; i++)
		strv_add(&argv, r->files.v[i]);
	if (run_status(argv.v, sum) || file_size(sum) <= LENGTH)
		die("no checksum of %s could be made", words);
	key = read_file(sum, NULL);
	key[LENGTH] = 0;
	unlink(words);
	unlink(sum);
	strv_free(&argv);
	strv_free(&r->files);
	strv_free(&r->words);
	free(words);
	free(sum);
	return key;
}

static void add_tools(struct recipe *r)
{
	char *own = own_directory();

	add_file(r, xasprintf("%s/rumprun-bake", own));
	free(own);
}

static void add_kit(struct recipe *r)
{
	struct strv names = { 0 };

	list_dir(kit_dir(), &names);
	for (size_t i = 0; i < names.n; i++)
		add_time(r, kit_path("%s/index.json", names.v[i]));
	add_time(r, kit_path("init/init"));
	strv_free(&names);
}

static void add_kit_tree(struct recipe *r, const char *name)
{
	char *dir = kit_path("%s", name);

	if (is_directory(dir))
		add_tree(r, dir, name);
	free(dir);
}

char *source_key(const struct package *p)
{
	struct strv names = { 0 };
	struct recipe r = { 0 };

	strv_addf(&r.words, "%s %s", p->source, p->libc);
	list_dir(p->dir, &names);
	for (size_t i = 0; i < names.n; i++)
		if (is_recipe(names.v[i]))
			add_file(&r, xasprintf("%s/%s", p->dir, names.v[i]));
	strv_free(&names);
	add_file(&r, kit_path("pkg/source.sh"));
	add_kit_tree(&r, "toolchain");
	return digest(&r);
}

char *package_key(const struct package *p)
{
	char *description = json_dumps(p->json, JSON_SORT_KEYS), *source;
	char *root = package_file(p, "root");
	struct recipe r = { 0 };

	strv_add(&r.words, description);
	strv_add(&r.words, p->platform);
	if (root)
		add_tree(&r, root, "root");
	if (p->source) {
		source = source_key(p);
		strv_add(&r.words, source);
		free(source);
	}
	if (p->deb)
		add_time(&r, xstrdup(HOST_LISTS));
	add_tools(&r);
	add_kit(&r);
	add_kit_tree(&r, "configs");
	add_kit_tree(&r, "python");
	add_kit_tree(&r, "skel");
	free(description);
	free(root);
	return digest(&r);
}

char *test_key(const struct package *p, const char *image_key)
{
	struct recipe r = { 0 };

	strv_add(&r.words, image_key);
	add_file(&r, package_file(p, "test.sh"));
	return digest(&r);
}
