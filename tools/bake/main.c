// SPDX-License-Identifier: GPL-2.0
/* rumprun-bake: a program and the drivers it needs become one bootable image. */
#include "bake.h"
#include "file.h"
#include "version.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
	"usage: rumprun-bake [options] CONFIG OUT PROGRAM...\n"
	"       rumprun-bake [options] list\n"
	"       rumprun-bake [options] describe CONFIG\n"
	"\n"
	"Choosing components:\n"
	"  -c, --conf FILE      read more configurations from FILE\n"
	"  -m, --modify 'WORDS' change the configuration: 'add ext4', 'remove ipv6', 'memory 32'\n"
	"\n"
	"Filling the root:\n"
	"  --deb PKG[,PKG]      take programs and what they need out of Debian packages\n"
	"  --root DIR           add a tree of files\n"
	"  --file SRC:DST       add a file or folder under the absolute path DST\n"
	"  --root-in WHERE      memory: part of what is loaded; drive: read as needed from the "
	"image;\n"
	"                       ram: unpacked at boot. Default: by size\n"
	"  --read-only          no writable layer over the root\n"
	"\n"
	"Defaults for rumprun:\n"
	"  --arg ARG            argument for the PROGRAM before it (or for the first)\n"
	"  --env NAME=VALUE     environment of the programs\n"
	"  --config FILE        configuration document to begin with\n"
	"  --pipe               each program's output is the next one's input\n"
	"\n"
	"  -n, --dry-run        do all but write OUT\n"
	"  --json               print for scripts\n"
	"  -h, --help           print this\n"
	"  --version            print the version\n";

enum {
	OPT_DEB = 256,
	OPT_ROOT,
	OPT_FILE,
	OPT_ROOT_IN,
	OPT_READ_ONLY,
	OPT_ARG,
	OPT_ENV,
	OPT_CONFIG,
	OPT_PIPE,
	OPT_JSON,
	OPT_VERSION,
};

static const struct option long_options[] = {
	{ "conf", required_argument, NULL, 'c' },
	{ "modify", required_argument, NULL, 'm' },
	{ "deb", required_argument, NULL, OPT_DEB },
	{ "root", required_argument, NULL, OPT_ROOT },
	{ "file", required_argument, NULL, OPT_FILE },
	{ "root-in", required_argument, NULL, OPT_ROOT_IN },
	{ "read-only", no_argument, NULL, OPT_READ_ONLY },
	{ "arg", required_argument, NULL, OPT_ARG },
	{ "env", required_argument, NULL, OPT_ENV },
	{ "config", required_argument, NULL, OPT_CONFIG },
	{ "pipe", no_argument, NULL, OPT_PIPE },
	{ "dry-run", no_argument, NULL, 'n' },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ 0 },
};

/* Words of the command line that are no options: CONFIG, OUT, PROGRAM... */
struct words {
	struct strv v;
	struct strv *args; /* of each program; args[0] also holds those before any program */
};

static enum root_in parse_root_in(const char *s)
{
	static const char *const names[] = { [ROOT_AUTO] = "auto",
					     [ROOT_MEMORY] = "memory",
					     [ROOT_DRIVE] = "drive",
					     [ROOT_RAM] = "ram" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i], s))
			return i;
	die_usage("--root-in %s: expected memory, drive, ram or auto", s);
}

static void add_word(struct words *w, const char *word)
{
	strv_add(&w->v, word);
	w->args = xrealloc(w->args, (w->v.n + 1) * sizeof(*w->args));
	if (w->v.n > 3)
		w->args[w->v.n - 3] = (struct strv){ 0 };
}

static void add_arg(struct words *w, const char *arg)
{
	strv_add(&w->args[w->v.n > 3 ? w->v.n - 3 : 0], arg);
}

static void set_switch(struct options *o, int c)
{
	o->dry_run |= c == 'n';
	o->read_only |= c == OPT_READ_ONLY;
	o->pipe |= c == OPT_PIPE;
	o->json |= c == OPT_JSON;
}

static void set_option(struct options *o, struct words *w, int c)
{
	switch (c) {
	case 1:
		add_word(w, optarg);
		break;
	case 'c':
		strv_add(&o->conf_files, optarg);
		break;
	case 'm':
		strv_add(&o->extra, optarg);
		break;
	case OPT_DEB:
		strv_split(&o->packages, optarg, ", ");
		break;
	case OPT_ROOT:
		strv_add(&o->trees, optarg);
		break;
	case OPT_FILE:
		strv_add(&o->files, optarg);
		break;
	case OPT_ROOT_IN:
		o->root_in = parse_root_in(optarg);
		break;
	case OPT_ARG:
		add_arg(w, optarg);
		break;
	case OPT_ENV:
		strv_add(&o->env, optarg);
		break;
	case OPT_CONFIG:
		o->document = optarg;
		break;
	default:
		set_switch(o, c);
	}
}

static void parse_options(struct options *o, struct words *w, int argc, char **argv)
{
	int c;

	w->args = xcalloc(1, sizeof(*w->args));
	/* The leading - keeps the order, so that --arg belongs to the program before it. */
	while ((c = getopt_long(argc, argv, "-c:m:nh", long_options, NULL)) != -1) {
		if (c == '?') {
			fputs("Try rumprun-bake --help.\n", stderr);
			exit(EXIT_USAGE);
		}
		if (c == 'h' || c == OPT_VERSION) {
			fputs(c == 'h' ? usage : "rumprun-bake " RUMPRUN_VERSION "\n", stdout);
			exit(0);
		}
		set_option(o, w, c);
	}
	while (optind < argc)
		add_word(w, argv[optind++]);
}

static void read_configurations(struct bake *b)
{
	char *dir = kit_path("configs");

	conf_read_dir(&b->set, dir);
	for (size_t i = 0; i < b->opt.conf_files.n; i++)
		conf_read(&b->set, b->opt.conf_files.v[i]);
	free(dir);
}

/* What our own compilers have to say; programs of other origin carry no such note. */
static void report_programs(const struct bake *b)
{
	for (size_t i = 0; i < b->nprograms; i++) {
		const char *toolchain, *compiler, *flags;

		if (b->programs[i].built &&
		    !json_unpack(b->programs[i].built, "{s:s, s:s, s:s}", "toolchain", &toolchain,
				 "compiler", &compiler, "flags", &flags))
			printf("%s: built by %s, %s%s%s\n", b->programs[i].path, toolchain,
			       compiler, *flags ? " " : "", flags);
	}
}

/* After a dry run there is no image, and so no size. */
static void report_for_scripts(const struct bake *b)
{
	json_t *result = json_pack("{s:i, s:I, s:s}", "components", (int)b->selection.components.n,
				   "root_bytes", (json_int_t)b->root_size, "base", b->conf.base);

	if (!b->opt.dry_run) {
		json_object_set_new(result, "image", json_string(b->out));
		json_object_set_new(result, "bytes", json_integer(file_size(b->out)));
	}
	json_dumpf(result, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(result);
}

static void report(const struct bake *b)
{
	static const char *const where[] = {
		[ROOT_MEMORY] = "in memory",
		[ROOT_DRIVE] = "on a drive",
		[ROOT_RAM] = "in RAM",
	};

	if (b->opt.dry_run) {
		printf("%s: not written (dry run); it would be baked with %zu components\n", b->out,
		       b->selection.components.n);
		return;
	}
	printf("%s: %s, %zu components, base %s, root of %s %s\n", b->out,
	       human_size(file_size(b->out)), b->selection.components.n, b->conf.base,
	       human_size(b->root_size), where[b->root_in]);
	report_programs(b);
}

static int bake(struct bake *b)
{
	stage_root(b);
	make_root(b);
	make_document(b);
	make_initramfs(b);
	progress("linking");
	link_image(b);
	sort_exceptions(b);
	if (!b->opt.dry_run)
		finish_image(b);
	progress_done();
	if (b->opt.json)
		report_for_scripts(b);
	else
		report(b);
	return 0;
}

static int command(struct bake *b, struct words *w)
{
	const char *name = w->v.n ? w->v.v[0] : "";

	if (!strcmp(name, "list") && w->v.n == 1) {
		show_list(b);
		return 0;
	}
	if (!strcmp(name, "describe") && w->v.n == 2) {
		conf_resolve(&b->set, w->v.v[1], &b->opt.extra, &b->conf);
		select_components(&b->conf, &b->selection);
		show_configuration(b);
		return 0;
	}
	if (w->v.n < 3) {
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
	conf_resolve(&b->set, name, &b->opt.extra, &b->conf);
	select_components(&b->conf, &b->selection);
	b->out = w->v.v[1];
	b->nprograms = w->v.n - 2;
	b->programs = xcalloc(b->nprograms, sizeof(*b->programs));
	for (size_t i = 0; i < b->nprograms; i++) {
		b->programs[i].given = w->v.v[2 + i];
		b->programs[i].args = w->args[i];
	}
	check_out(b);
	return supervise(b, bake);
}

int main(int argc, char **argv)
{
	struct bake b = { 0 };
	struct words w = { 0 };

	prog_name = "rumprun-bake";
	parse_options(&b.opt, &w, argc, argv);
	read_configurations(&b);
	return command(&b, &w);
}
