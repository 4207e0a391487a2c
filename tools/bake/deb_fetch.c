// SPDX-License-Identifier: GPL-2.0
/*
 * What a package depends on, according to apt-get with a status file of our own, in which only the
 * packages are installed that the image leaves out. Fetched by an ordinary user into the cache.
 */
#include "deb.h"
#include "child.h"
#include "file.h"
#include "paths.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HOST_LISTS    "/var/lib/apt/lists"
#define HOST_ARCHIVES "/var/cache/apt/archives"

/* Needed while a system is installed or run by systemd, not while a program runs. */
static const char *const left_out[] = {
	"adduser",
	"base-passwd",
	"cron",
	"dbus",
	"debconf",
	"debianutils",
	"dpkg",
	"init-system-helpers",
	"install-info",
	"iproute2",
	"logrotate",
	"lsb-base",
	"passwd",
	"procps",
	"sensible-utils",
	"systemd",
	"systemd-sysv",
	"sysvinit-utils",
	"ucf",
	"udev",
	"update-inetd",
};

static void write_status(const struct strv *packages, const char *path)
{
	FILE *f = fopen(path, "we");

	if (!f)
		die_errno("%s", path);
	for (size_t i = 0; i < sizeof(left_out) / sizeof(*left_out); i++) {
		const char *provides =
			strcmp(left_out[i], "debconf") ? "" : "Provides: debconf-2.0\n";

		if (strv_has(packages, left_out[i]))
			continue;
		fprintf(f,
			"Package: %s\nStatus: install ok installed\nVersion: 999\n"
			"Architecture: amd64\nMulti-Arch: foreign\n%sMaintainer: none\n"
			"Description: left out\n\n",
			left_out[i], provides);
	}
	if (fclose(f))
		die_errno("%s", path);
}

static bool host_has_lists(void)
{
	glob_t found;
	bool any = !glob(HOST_LISTS "/*_Packages*", 0, NULL, &found);

	if (any)
		globfree(&found);
	return any;
}

static void apt_get(struct strv *argv, const char *lists)
{
	char *base = cache_path("apt");

	strv_add(argv, "apt-get");
	strv_add(argv, "-q");
	strv_addf(argv, "-oDir::State::status=%s/status", base);
	strv_addf(argv, "-oDir::State::extended_states=%s/extended_states", base);
	strv_addf(argv, "-oDir::State::lists=%s", lists);
	strv_addf(argv, "-oDir::Cache=%s", base);
	strv_add(argv, "-oDebug::NoLocking=true");
	strv_add(argv, "-oAPT::Sandbox::User=");
	strv_add(argv, "-oAPT::Architecture=amd64");
	strv_add(argv, "-oAPT::Install-Recommends=false");
	strv_add(argv, "-oAPT::Install-Suggests=false");
	free(base);
}

static void call_apt(struct strv *argv, const char *output)
{
	int status = run_status(argv->v, output);

	if (status == 127)
		die("apt-get is not installed: --deb works on Debian and its relatives");
	if (status)
		die("apt-get failed:\n%s"
		    "Is the package's name right? Perhaps \"apt-get update\" helps.",
		    read_file(output, NULL));
	strv_free(argv);
}

/* The host's own lists where it has them; else a private copy is fetched, once. */
static char *find_lists(const char *log)
{
	struct strv argv = { 0 };
	char *own, *pattern;
	glob_t found;

	if (host_has_lists())
		return xstrdup(HOST_LISTS);
	own = cache_path("lists");
	pattern = xasprintf("%s/*_Packages*", own);
	if (glob(pattern, 0, NULL, &found)) {
		progress("fetching the package lists");
		make_dirs(own);
		apt_get(&argv, own);
		strv_add(&argv, "update");
		call_apt(&argv, log);
	} else {
		globfree(&found);
	}
	free(pattern);
	return own;
}

/* "Inst NAME [OLD] (VERSION ORIGIN... [ARCH])" as NAME_VERSION_ARCH, the name of the file. */
static char *file_name(char *line)
{
	struct strv words = { 0 };
	char *open = strchr(line, '('), *close = open ? strchr(open, ')') : NULL;
	char *arch = NULL, *name = NULL, *colon, *escaped;

	if (close) {
		*close = 0;
		arch = strrchr(open, '[');
	}
	if (!arch)
		return NULL;
	arch[strcspn(arch, "]")] = 0;
	strv_split(&words, line, " (");
	open++;
	open[strcspn(open, " ")] = 0;
	colon = strchr(open, ':');
	escaped = colon ? xasprintf("%.*s%%3a%s", (int)(colon - open), open, colon + 1)
			: xstrdup(open);
	if (words.n > 2)
		name = xasprintf("%s_%s_%s", words.v[1], escaped, arch + 1);
	free(escaped);
	strv_free(&words);
	return name;
}

static void closure(const struct strv *packages, const char *lists, const char *out)
{
	char *log = xasprintf("%s.tmp", out), *text, *rest, *line;
	struct strv argv = { 0 };
	FILE *f;

	progress("asking apt-get what the packages depend on");
	apt_get(&argv, lists);
	strv_add(&argv, "--simulate");
	strv_add(&argv, "install");
	for (size_t i = 0; i < packages->n; i++)
		strv_add(&argv, packages->v[i]);
	call_apt(&argv, log);
	text = rest = read_file(log, NULL);
	f = fopen(log, "we");
	if (!f)
		die_errno("%s", log);
	while ((line = strsep(&rest, "\n"))) {
		char *name = starts_with(line, "Inst ") ? file_name(line) : NULL;

		if (name)
			fprintf(f, "%s\n", name);
		free(name);
	}
	if (fclose(f))
		die_errno("%s", log);
	rename_file(log, out);
	free(text);
	free(log);
}

static bool older(const char *path, const char *than)
{
	struct stat a, b;

	return stat(path, &a) || (!stat(than, &b) && a.st_mtim.tv_sec <= b.st_mtim.tv_sec);
}

/* Asking apt-get takes seconds, and the answer holds until the lists change. */
static void known_closure(const struct strv *packages, const char *lists, struct strv *names)
{
	char *key = strv_join(packages, ","), *path, *text, *own = own_directory();
	char *tool = xasprintf("%s/%s", own, prog_name);

	path = cache_path("closure/%s", key);
	make_parents(path);
	if (older(path, lists) || older(path, tool))
		closure(packages, lists, path);
	text = read_file(path, NULL);
	strv_split(names, text, "\n");
	free(text);
	free(path);
	free(tool);
	free(own);
	free(key);
}

static void download(const struct strv *packages, const char *lists, const char *log)
{
	struct strv argv = { 0 };

	progress("fetching packages");
	apt_get(&argv, lists);
	strv_add(&argv, "--yes");
	strv_add(&argv, "--download-only");
	strv_add(&argv, "install");
	for (size_t i = 0; i < packages->n; i++)
		strv_add(&argv, packages->v[i]);
	call_apt(&argv, log);
}

/* Unpacked already, fetched by us, or kept by the host's own apt. */
static char *find_file(const char *name)
{
	char *tries[] = { cache_path("tree/%s", name), cache_path("apt/archives/%s.deb", name),
			  xasprintf(HOST_ARCHIVES "/%s.deb", name) };
	char *found = NULL;

	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		if (!found && !access(tries[i], R_OK))
			found = tries[i];
		else
			free(tries[i]);
	}
	return found;
}

static bool find_all(const struct strv *names, struct strv *files)
{
	for (size_t i = 0; i < names->n; i++) {
		char *file = find_file(names->v[i]);

		if (!file) {
			strv_free(files);
			return false;
		}
		strv_add(files, file);
		free(file);
	}
	return true;
}

void deb_fetch(const struct strv *packages, struct strv *files)
{
	char *partial = cache_path("apt/archives/partial"), *status = cache_path("apt/status");
	char *log = cache_path("apt/log"), *lists;
	struct strv names = { 0 };

	for (size_t i = 0; i < packages->n; i++)
		if (!*packages->v[i] || strspn(packages->v[i], "-./") ||
		    strchr(packages->v[i], '/'))
			die_usage("--deb %s: not the name of a package", packages->v[i]);
	make_dirs(partial);
	write_status(packages, status);
	lists = find_lists(log);
	known_closure(packages, lists, &names);
	if (!find_all(&names, files)) {
		download(packages, lists, log);
		if (!find_all(&names, files))
			die("apt-get did not fetch every package; see %s", log);
	}
	strv_free(&names);
	free(lists);
	free(log);
	free(status);
	free(partial);
}
