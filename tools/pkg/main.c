// SPDX-License-Identifier: GPL-2.0
/* rumprun-pkg: programs with a known way to bake, run and test them. */
#include "child.h"
#include "file.h"
#include "paths.h"
#include "pkg.h"
#include "version.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of a child that has said itself what failed. */
#define EXIT_TEST_FAILED 3

static const char usage[] =
	"usage: rumprun-pkg [options] list\n"
	"       rumprun-pkg [options] build NAME... [-o FILE] [-- BAKE-OPTION...]\n"
	"       rumprun-pkg [options] run NAME [ARGUMENT...]\n"
	"       rumprun-pkg [options] test [NAME...]\n"
	"       rumprun-pkg [options] needs [NAME...]\n"
	"       rumprun-pkg [options] table\n"
	"\n"
	"  list     show the packages\n"
	"  build    bake their images into the cache, and print where they are; with more\n"
	"           options of rumprun-bake, such as --root DIR, one image into FILE\n"
	"  run      start one in the foreground, with its ports and disks\n"
	"  test     start each and ask it by a real client; without a NAME: all\n"
	"  needs    print the Debian packages that building and testing need\n"
	"  table    print the results of the tests as Markdown\n"
	"\n"
	"  -p, --platform NAME  build, run and test for qemu (the default) or proc; test: all\n"
	"  -o, --output FILE    build: copy the image to FILE\n"
	"  -v, --verbose        build: show how rumprun-bake is called\n"
	"  -C, --packages DIR   the folder with the descriptions, instead of the kit's\n"
	"  --fast               without a NAME: those that \"make check\" tests\n"
	"  --again              test: also what has passed before and has not changed\n"
	"  --measure            test: find out the smallest memory of a machine, too\n"
	"  --allow-root         run: a process even as root (proc)\n"
	"  --json               list: print for scripts\n"
	"  -h, --help           print this\n"
	"  --version            print the version\n";

enum { OPT_FAST = 256, OPT_AGAIN, OPT_MEASURE, OPT_JSON, OPT_ALLOW_ROOT, OPT_VERSION };

static const struct option long_options[] = {
	{ "platform", required_argument, NULL, 'p' },
	{ "output", required_argument, NULL, 'o' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "packages", required_argument, NULL, 'C' },
	{ "fast", no_argument, NULL, OPT_FAST },
	{ "again", no_argument, NULL, OPT_AGAIN },
	{ "measure", no_argument, NULL, OPT_MEASURE },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "allow-root", no_argument, NULL, OPT_ALLOW_ROOT },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ 0 },
};

struct call {
	char *folder;
	const char *platform, *output;
	bool fast, json, verbose, allow_root;
	struct test_options test;
	char **names; /* those of the command line */
	int n;
	struct strv more; /* what stands behind -- */
};

static void set_option(struct call *call, int c)
{
	switch (c) {
	case 'p':
		if (strcmp(optarg, "qemu") && strcmp(optarg, "proc") && strcmp(optarg, "all"))
			die_usage("--platform %s: expected qemu, proc or all", optarg);
		call->platform = optarg;
		break;
	case 'o':
		call->output = optarg;
		break;
	case 'C':
		call->folder = optarg;
		break;
	default:
		call->verbose |= c == 'v';
		call->fast |= c == OPT_FAST;
		call->json |= c == OPT_JSON;
		call->allow_root |= c == OPT_ALLOW_ROOT;
		call->test.again |= c == OPT_AGAIN;
		call->test.measure |= c == OPT_MEASURE;
	}
}

/* Options may stand anywhere, but what stands behind the package's name is for "run" to pass on. */
static void parse_options(struct call *call, int argc, char **argv, const char *letters)
{
	int c;

	optind = 0;
	while ((c = getopt_long(argc, argv, letters, long_options, NULL)) != -1) {
		if (c == '?') {
			fputs("Try rumprun-pkg --help.\n", stderr);
			exit(EXIT_USAGE);
		}
		if (c == 'h' || c == OPT_VERSION) {
			fputs(c == 'h' ? usage : "rumprun-pkg " RUMPRUN_VERSION "\n", stdout);
			exit(0);
		}
		set_option(call, c);
	}
}

/* What stands behind "--" is for rumprun-bake. */
static int cut_at_dashes(struct call *call, int argc, char **argv)
{
	int n = 0;

	while (n < argc && strcmp(argv[n], "--"))
		n++;
	for (int i = n + 1; i < argc; i++)
		strv_add(&call->more, argv[i]);
	return n;
}

/* Those that were named, or all, or all fast ones. */
static void choose(const struct call *call, struct package **chosen, size_t *count)
{
	struct strv names = { 0 };

	for (int i = 0; i < call->n; i++)
		strv_add(&names, call->names[i]);
	if (!call->n)
		package_names(call->folder, &names);
	*chosen = xcalloc(names.n + 1, sizeof(**chosen));
	*count = 0;
	for (size_t i = 0; i < names.n; i++) {
		struct package *p = &(*chosen)[*count];

		package_read(p, call->folder, xstrdup(names.v[i]), call->platform);
		*count += call->n || !call->fast || p->fast;
	}
	strv_free(&names);
}

static const char *origin(const struct package *p)
{
	return p->source ? "source" : p->deb ? "deb" : "files";
}

static int list(const struct call *call)
{
	json_t *all = json_object();
	struct package *packages;
	size_t count;

	choose(call, &packages, &count);
	for (size_t i = 0; i < count; i++) {
		const struct package *p = &packages[i];

		if (call->json)
			json_object_set(all, p->name, p->json);
		else
			printf("%-16s %-7s %s\n", p->name, origin(p), p->text);
	}
	if (call->json) {
		json_dumpf(all, stdout, JSON_INDENT(1));
		putchar('\n');
	}
	json_decref(all);
	free(packages);
	return 0;
}

static void copy_image(const char *image, const char *output)
{
	/* A name that nobody else has. */
	char *partial = xasprintf("%s.%d.tmp", output, (int)getpid());

	copy_file(image, partial);
	rename_file(partial, output);
	free(partial);
}

static void build_one(const struct call *call, const char *name)
{
	const char *output = call->output;
	struct package p;
	char *image;

	package_read(&p, call->folder, name, call->platform);
	package_lock(&p);
	if (call->more.n) {
		if (call->verbose)
			package_show(&p, output, &call->more);
		package_bake(&p, output, &call->more);
		puts(output);
		return;
	}
	image = package_build(&p);
	if (call->verbose)
		package_show(&p, image, NULL);
	if (output)
		copy_image(image, output);
	puts(output ?: image);
	free(image);
}

static int build(const struct call *call)
{
	if (!call->n)
		die_usage("build: which package? rumprun-pkg list shows them");
	if (call->output && call->n > 1)
		die_usage("--output names one file, but there are %d packages", call->n);
	if (call->more.n && !call->output)
		die_usage("more options of rumprun-bake make an image of its own: give --output");
	for (int i = 0; i < call->n; i++)
		build_one(call, call->names[i]);
	return 0;
}

static int run_package(const struct call *call)
{
	struct strv argv = { 0 };
	struct package p;
	const char *obstacle;
	char *own, *disks;

	if (!call->n)
		die_usage("run: which package? rumprun-pkg list shows them");
	package_read(&p, call->folder, call->names[0], call->platform);
	obstacle = package_obstacle(&p);
	if (obstacle)
		die("%s: not on %s: %s", p.name, p.platform, obstacle);
	package_lock(&p);
	own = own_directory();
	strv_addf(&argv, "%s/rumprun", own);
	if (!strcmp(p.platform, "proc"))
		strv_add(&argv, p.platform);
	if (call->allow_root)
		strv_add(&argv, "--allow-root");
	strv_add(&argv, "-i");
	disks = cache_path("packages/%s", p.name);
	package_disks(&p, disks, &argv);
	strv_add(&argv, package_build(&p));
	strv_add(&argv, "--");
	for (int i = 1; i < call->n; i++)
		strv_add(&argv, call->names[i]);
	progress_done();
	execv(argv.v[0], argv.v);
	die_errno("%s", argv.v[0]);
}

/* In a process of its own: one that cannot be built keeps nobody else from being tested. */
static bool test_one(const struct call *call, const struct package *p)
{
	pid_t pid = child_start(NULL, -1, -1);
	int status;

	if (!pid)
		exit(package_test(p, call->folder, &call->test) ? 0 : EXIT_TEST_FAILED);
	status = child_wait(pid);
	if (status && status != EXIT_TEST_FAILED)
		printf("FAIL %s: it could not be built or tested\n", p->name);
	return !status;
}

struct counts {
	size_t passed, failed;
};

static void test_on(const struct call *all, const char *platform, struct counts *c)
{
	struct call call = *all;
	struct package *packages;
	size_t count;

	call.platform = platform;
	call.test.measure &= !strcmp(platform, "qemu");
	choose(&call, &packages, &count);
	for (size_t i = 0; i < count; i++) {
		const char *obstacle = package_obstacle(&packages[i]);

		if (obstacle)
			printf("%s: not on %s: %s\n", packages[i].name, platform, obstacle);
		else if (test_one(&call, &packages[i]))
			c->passed++;
		else
			c->failed++;
	}
	free(packages);
}

static int test(const struct call *call)
{
	static const char *const platforms[] = { "proc", "qemu" };
	bool all = !strcmp(call->platform, "all");
	struct counts c = { 0 };

	for (size_t i = 0; all && i < sizeof(platforms) / sizeof(*platforms); i++) {
		printf("platform %s\n", platforms[i]);
		test_on(call, platforms[i], &c);
	}
	if (!all)
		test_on(call, call->platform, &c);
	printf("%zu passed, %zu failed\n", c.passed, c.failed);
	return c.failed ? EXIT_FAILED : 0;
}

static void show_need(struct strv *shown, const char *need)
{
	if (strv_has(shown, need))
		return;
	strv_add(shown, need);
	puts(need);
}

static int needs(const struct call *call)
{
	struct strv shown = { 0 };
	struct package *packages;
	size_t count, k;
	json_t *need;

	choose(call, &packages, &count);
	for (size_t i = 0; i < count; i++) {
		if (packages[i].source && *packages[i].source)
			show_need(&shown, "dpkg-dev dpkg-source");
		json_array_foreach (packages[i].needs, k, need)
			show_need(&shown, json_string_value(need));
	}
	strv_free(&shown);
	free(packages);
	return 0;
}

static int table(const struct call *call)
{
	show_table(call->folder);
	return 0;
}

static const struct command {
	const char *name;
	int (*run)(const struct call *call);
} commands[] = {
	{ "list", list }, { "build", build }, { "run", run_package },
	{ "test", test }, { "needs", needs }, { "table", table },
};

int main(int argc, char **argv)
{
	struct call call = { .platform = "qemu" };

	prog_name = "rumprun-pkg";
	parse_options(&call, argc, argv, "+p:o:vC:h");
	argc -= optind;
	argv += optind;
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands) && argc; i++) {
		if (strcmp(commands[i].name, argv[0]))
			continue;
		if (commands[i].run == build)
			argc = cut_at_dashes(&call, argc, argv);
		parse_options(&call, argc, argv,
			      commands[i].run == run_package ? "+p:o:vC:h" : "p:o:vC:h");
		if (!strcmp(call.platform, "all") && commands[i].run != test)
			die_usage("--platform all is for test");
		call.names = argv + optind;
		call.n = argc - optind;
		if (!call.folder)
			call.folder = kit_path("packages");
		/* Recipes run in other folders. */
		if (is_directory(call.folder))
			call.folder = realpath(call.folder, NULL);
		return commands[i].run(&call);
	}
	fputs(usage, stderr);
	return EXIT_USAGE;
}
