// SPDX-License-Identifier: GPL-2.0
/* Where a path leads: into the unikernel, or to the host. */
#include "ctrl.h"

#include <elf.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * What a program of the host needs to run at all: its terminal, its own image, and the data of the
 * host's C library that belong to it. Everything else is the unikernel's.
 */
static const char *const own_paths[] = {
	"/dev/tty",
	"/dev/pts/*",
	"/dev/null",
	"/dev/std*",
	"/dev/fd/*",
	"/proc/self/fd/*",
	"/proc/self/exe",
	"/proc/self/maps",
	"/proc/self/auxv",
	"/usr/lib/locale/*",
	"/usr/share/locale/*",
	"/usr/lib/x86_64-linux-gnu/gconv/*",
	"/etc/ld.so.*",
	"/etc/terminfo*",
	"/lib/terminfo*",
	"/usr/lib/terminfo*",
	"/usr/share/terminfo*",
	"/etc/inputrc",
	NULL,
};

static bool matches(const char *const *patterns, const char *path)
{
	for (; *patterns; patterns++) {
		if (!fnmatch(*patterns, path, 0))
			return true;
	}
	return false;
}

/* From the program's auxiliary vector: where its dynamic linker was put, 0 if it has none. */
static uint64_t linker_base(pid_t pid)
{
	char name[64];
	Elf64_auxv_t entry;
	uint64_t base = 0;
	FILE *f;

	snprintf(name, sizeof(name), "/proc/%d/auxv", pid);
	f = fopen(name, "re");
	while (f && fread(&entry, sizeof(entry), 1, f) == 1) {
		if (entry.a_type == AT_BASE)
			base = entry.a_un.a_val;
	}
	if (f)
		fclose(f);
	return base;
}

/* All that is mapped from the file at the base, up to the last of it. */
static void find_linker(struct process *p)
{
	uint64_t base = linker_base(p->pid), start, end;
	char name[64], line[4352], path[4096], linker[4096] = "";
	FILE *f;

	p->linker_known = true;
	p->linker_start = p->linker_end = base;
	snprintf(name, sizeof(name), "/proc/%d/maps", p->pid);
	f = base ? fopen(name, "re") : NULL;
	while (f && fgets(line, sizeof(line), f)) {
		*path = '\0';
		if (sscanf(line, "%lx-%lx %*s %*s %*s %*s %4095s", &start, &end, path) < 2)
			continue;
		if (start == base)
			strcpy(linker, path);
		if (*linker && !strcmp(path, linker))
			p->linker_end = end;
	}
	if (f)
		fclose(f);
}

static bool by_linker(struct thread *t)
{
	struct process *p = t->process;

	if (!p->linker_known)
		find_linker(p);
	return t->regs.rip >= p->linker_start && t->regs.rip < p->linker_end;
}

const char *path_inside(const char *path)
{
	size_t n = options.prefix ? strlen(options.prefix) : 0;

	if (!n || strncmp(path, options.prefix, n) || (path[n] && path[n] != '/'))
		return path;
	return path[n] ? path + n : "/";
}

static enum side absolute(struct thread *t, const char *path)
{
	if (by_linker(t) || matches((const char *const *)options.local, path))
		return LOCAL;
	if (options.prefix)
		return path_inside(path) != path ? REMOTE : LOCAL;
	if (t->process->script && !strcmp(path, t->process->script))
		return LOCAL;
	return matches(own_paths, path) ? LOCAL : REMOTE;
}

enum side where_is(struct thread *t, int dir, const char *path)
{
	if (*path == '/')
		return absolute(t, path);
	if (dir == AT_FDCWD)
		return t->process->remote_folder ? REMOTE : LOCAL;
	return fds_file(t->process->fds, dir) ? REMOTE : LOCAL;
}

/*
 * Programs are the host's: where a shell looks for one, what the unikernel does not have is the
 * host's.
 */
bool is_host_program(const char *path)
{
	static const char *const folders[] = {
		"/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/"
	};
	const char *slash = strrchr(path, '/');

	for (size_t i = 0; slash && i < sizeof(folders) / sizeof(*folders); i++) {
		size_t n = strlen(folders[i]);

		if ((size_t)(slash - path) + 1 == n && !strncmp(path, folders[i], n))
			return !access(path, X_OK);
	}
	return false;
}

/*
 * A shell that only runs others for the user is the host's, with its redirections and files. But
 * it goes where the user says, and that is in the unikernel.
 */
enum side host_side(const struct call *call, const char *path)
{
	switch (call->nr) {
	case SYS_chdir:
	case SYS_getcwd:
		return REMOTE;
	case SYS_stat:
	case SYS_newfstatat:
		return *path == '/' && access(path, F_OK) ? REMOTE : LOCAL;
	}
	return LOCAL;
}
