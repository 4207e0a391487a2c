// SPDX-License-Identifier: GPL-2.0
/* A package's test: its image is started, and a real client talks to it (packages/runner.sh). */
#include "child.h"
#include "file.h"
#include "paths.h"
#include "pkg.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIMIT_SECONDS "1200"
#define MOST_MEMORY   1024LL /* MB */

struct counts {
	int passed, failed;
};

static void set(const char *name, char *value)
{
	if (setenv(name, value, 1))
		die_errno("setenv");
	free(value);
}

/* "80 443": what the guest listens on. */
static char *guest_ports(const struct package *p)
{
	char *all = xstrdup("");
	json_t *port;
	size_t i;

	json_array_foreach (json_object_get(p->launch, "ports"), i, port) {
		const char *colon = strchr(json_string_value(port), ':');
		char *longer = xasprintf("%s%s%s", all, i ? " " : "", colon + 1);

		free(all);
		all = longer;
	}
	return all;
}

/* Without one the launcher has its own, which is less than this. */
static char *guest_memory(const struct package *p)
{
	json_t *memory = json_object_get(p->launch, "memory");

	return xasprintf("%lld", memory ? (long long)json_integer_value(memory) : MOST_MEMORY);
}

static void set_images(const struct package *p, const char *folder)
{
	json_t *name;
	size_t i;

	json_array_foreach (p->with, i, name) {
		char *variable = xasprintf("IMAGE_%s", json_string_value(name));
		struct package other;

		package_read(&other, folder, json_string_value(name), p->platform);
		package_lock(&other);
		for (char *s = variable; *s; s++)
			if (*s == '-')
				*s = '_';
		set(variable, package_build(&other));
		free(variable);
	}
}

static void set_environment(const struct package *p, const char *folder, const char *image,
			    const char *work, const struct test_options *options)
{
	struct strv disks = { 0 };
	char *words = xstrdup("");

	package_disks(p, work, &disks);
	for (size_t i = 0; i < disks.n; i++) {
		char *longer = xasprintf("%s%s ", words, disks.v[i]);

		free(words);
		words = longer;
	}
	set("PLATFORM", xstrdup(p->platform));
	set("PACKAGE_DISKS", words);
	set("PACKAGE_PORTS", guest_ports(p));
	set("PACKAGE_MEMORY", guest_memory(p));
	set("PACKAGE_IMAGE", xstrdup(image));
	set("PACKAGE_TEST", package_file(p, "test.sh") ?: xstrdup(""));
	set("PACKAGE_RESULT", xasprintf("%s/result", work));
	set("PACKAGE_MEASURE", xstrdup(options->measure ? "1" : ""));
	set("RUMPRUN_TESTLIB", kit_path("testlib.sh"));
	set_images(p, folder);
	strv_free(&disks);
}

static pid_t start_runner(const char *folder, int *output)
{
	char *runner = xasprintf("%s/runner.sh", folder);
	char *argv[] = { "timeout", "-k", "30", LIMIT_SECONDS, "bash", runner, NULL };
	int pipes[2];
	pid_t pid;

	if (pipe2(pipes, O_CLOEXEC))
		die_errno("pipe");
	pid = child_start(argv, -1, pipes[1]);
	close(pipes[1]);
	*output = pipes[0];
	free(runner);
	return pid;
}

/* "ok WHAT" and "FAIL WHAT: why" are passed on with the package's name in front of WHAT. */
static void pass_on(const struct package *p, FILE *from, struct counts *c)
{
	size_t room = 0;
	char *line = NULL;

	while (getline(&line, &room, from) > 0) {
		if (starts_with(line, "ok ")) {
			c->passed++;
			printf("ok %s: %s", p->name, line + 3);
		} else if (starts_with(line, "FAIL ")) {
			c->failed++;
			printf("FAIL %s: %s", p->name, line + 5);
		} else {
			fputs(line, stdout);
		}
		fflush(stdout);
	}
	free(line);
}

static void run_test(const struct package *p, const char *folder, struct counts *c)
{
	int output, status;
	pid_t pid = start_runner(folder, &output);
	FILE *from = fdopen(output, "r");

	if (!from)
		die_errno("fdopen");
	pass_on(p, from, c);
	fclose(from);
	status = child_wait(pid);
	if (status && !c->failed) {
		c->failed++;
		printf("FAIL %s: its test ended with status %d\n", p->name, status);
	} else if (!c->passed && !c->failed) {
		c->failed++;
		printf("FAIL %s: its test said nothing\n", p->name);
	}
}

/* "first SECONDS" and "memory MB", a line each. */
static void add_figures(json_t *result, const char *path)
{
	struct strv words = { 0 };
	char *text;

	if (!exists(path))
		return;
	text = read_file(path, NULL);
	strv_split(&words, text, " \n");
	for (size_t i = 0; i + 1 < words.n; i += 2)
		json_object_set_new(result, words.v[i], json_real(atof(words.v[i + 1])));
	strv_free(&words);
	free(text);
}

static char *result_path(const struct package *p)
{
	return cache_path("packages/%s/%s.json", p->name, p->platform);
}

json_t *package_result(const struct package *p)
{
	char *path = result_path(p);
	json_t *result = json_load_file(path, 0, NULL);

	free(path);
	return result;
}

static bool passed_before(const struct package *p, const char *key,
			  const struct test_options *options)
{
	json_t *result = package_result(p);
	const char *before = json_string_value(json_object_get(result, "key"));
	bool passed = before && !strcmp(before, key) &&
		      !json_integer_value(json_object_get(result, "failed")) &&
		      (!options->measure || json_object_get(result, "memory"));

	json_decref(result);
	return passed;
}

static char *image_key(const char *image)
{
	char *copy = xstrdup(image), *slash = strrchr(copy, '/'), *key;

	*slash = 0;
	key = xstrdup(strrchr(copy, '/') + 1);
	free(copy);
	return key;
}

static void keep_result(const struct package *p, const char *key, const char *image,
			const char *work, const struct counts *c)
{
	json_t *result = json_pack("{s:s, s:i, s:i, s:I}", "key", key, "passed", c->passed,
				   "failed", c->failed, "bytes", (json_int_t)file_size(image));
	char *path = result_path(p), *fresh = xasprintf("%s.tmp", path);
	char *figures = xasprintf("%s/result", work);

	add_figures(result, figures);
	if (json_dump_file(result, fresh, JSON_INDENT(1)))
		die("%s could not be written", fresh);
	rename_file(fresh, path);
	json_decref(result);
	free(figures);
	free(fresh);
	free(path);
}

bool package_test(const struct package *p, const char *folder, const struct test_options *options)
{
	char *image, *of_image, *key, *work;
	struct counts c = { 0 };

	package_lock(p);
	image = package_build(p);
	of_image = image_key(image);
	key = test_key(p, of_image);
	/* The disks of a test that was interrupted lie there. */
	work = cache_path("packages/%s/%s.work", p->name, p->platform);
	remove_tree(work);
	if (!options->again && passed_before(p, key, options)) {
		printf("ok %s: has passed before, and nothing has changed\n", p->name);
	} else {
		make_dirs(work);
		set_environment(p, folder, image, work, options);
		run_test(p, folder, &c);
		keep_result(p, key, image, work, &c);
		remove_tree(work);
	}
	free(work);
	free(key);
	free(of_image);
	free(image);
	return !c.failed;
}
