// SPDX-License-Identifier: GPL-2.0
/* doc/packages.md, from the results of the tests. */
#include "pkg.h"

#include <stdio.h>
#include <stdlib.h>

static const char head[] =
	"# Packages\n"
	"\n"
	"Programs that are baked, booted and asked by a real client, each by its description in\n"
	"`packages/NAME`. `make check-packages` tests all of them and writes this page;\n"
	"doc/packaging.md tells how to add one. Image, smallest memory and time to the first\n"
	"answer are as measured under QEMU without KVM; proc is a process of the host. Memory is\n"
	"that of the guest itself where others are started beside it: it gave its first answer in\n"
	"it, and no program had to be killed for want of memory.\n"
	"\n"
	"| package | what | from | qemu | proc | image | memory | first answer |\n"
	"|---|---|---|---|---|---|---|---|\n";

static void show_origin(const struct package *p)
{
	json_t *name;
	size_t i;

	if (p->source && *p->source)
		printf("`%s`, cross-built for %s", p->source, p->libc);
	else if (p->source)
		printf("sources of our own");
	json_array_foreach (p->deb, i, name)
		printf("%s`%s`", i || p->source ? ", " : "", json_string_value(name));
}

static void show_figures(const json_t *result)
{
	const json_t *memory = json_object_get(result, "memory");
	const json_t *first = json_object_get(result, "first");

	printf(" %s |", human_size(json_integer_value(json_object_get(result, "bytes"))));
	if (memory)
		printf(" %.0f MB |", json_number_value(memory));
	else
		printf(" |");
	if (first)
		printf(" %.1f s |\n", json_number_value(first));
	else
		printf(" |\n");
}

static const char *verdict(const struct package *p, const json_t *result)
{
	if (package_obstacle(p))
		return "no";
	if (!result)
		return "not tested";
	return json_integer_value(json_object_get(result, "failed")) ? "fails" : "passes";
}

/* The figures are those of QEMU. */
static void show_row(const struct package *p)
{
	struct package on_proc = *p;
	json_t *result, *proc;

	on_proc.platform = "proc";
	result = package_result(p);
	proc = package_result(&on_proc);
	printf("| %s | %s | ", p->name, p->text);
	show_origin(p);
	printf(" | %s | %s |", verdict(p, result), verdict(&on_proc, proc));
	if (result)
		show_figures(result);
	else
		puts(" | | |");
	json_decref(result);
	json_decref(proc);
}

static void show_limits(const struct package *all, size_t n)
{
	const char *platform;
	json_t *reason;
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		json_object_foreach (all[i].without, platform, reason) {
			if (!any)
				puts("\n## Where they do not run\n\n| package | platform | why |\n"
				     "|---|---|---|");
			any = true;
			printf("| %s | %s | %s |\n", all[i].name, platform,
			       json_string_value(reason));
		}
	}
}

void show_table(const char *folder)
{
	struct strv names = { 0 };
	struct package *all;

	package_names(folder, &names);
	all = xcalloc(names.n + 1, sizeof(*all));
	fputs(head, stdout);
	for (size_t i = 0; i < names.n; i++) {
		package_read(&all[i], folder, names.v[i], "qemu");
		show_row(&all[i]);
	}
	show_limits(all, names.n);
	free(all);
	strv_free(&names);
}
