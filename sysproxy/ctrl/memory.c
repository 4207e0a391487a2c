// SPDX-License-Identifier: GPL-2.0
/* The memory of the traced processes. */
#include "ctrl.h"

#include <stdlib.h>
#include <sys/uio.h>

enum { PAGE = 4096 };

int peek(struct thread *t, uint64_t from, void *to, size_t size)
{
	struct iovec ours = { to, size }, theirs = { (void *)(uintptr_t)from, size };

	return process_vm_readv(t->tid, &ours, 1, &theirs, 1, 0) == (ssize_t)size ? 0 : -1;
}

int poke(struct thread *t, uint64_t to, const void *from, size_t size)
{
	struct iovec ours = { (void *)from, size }, theirs = { (void *)(uintptr_t)to, size };

	return process_vm_writev(t->tid, &ours, 1, &theirs, 1, 0) == (ssize_t)size ? 0 : -1;
}

/* What lies behind the end of a string may not be there: never read over a page's end. */
long peek_string(struct thread *t, uint64_t from, char *to, size_t size)
{
	size_t n = 0;

	while (n < size) {
		size_t part = PAGE - (from + n) % PAGE;
		const char *nul;

		if (part > size - n)
			part = size - n;
		if (part > 256)
			part = 256;
		if (peek(t, from + n, to + n, part))
			return -1;
		nul = memchr(to + n, 0, part);
		if (nul)
			return nul - to;
		n += part;
	}
	return -2;
}

static int thread_in(const struct memory *m, uint64_t from, void *to, size_t size)
{
	return peek(m->context, from, to, size);
}

static int thread_out(const struct memory *m, uint64_t to, const void *from, size_t size)
{
	return poke(m->context, to, from, size);
}

static long thread_string(const struct memory *m, uint64_t from, char *to, size_t size)
{
	return peek_string(m->context, from, to, size);
}

/* A program that looks itself up by its number finds the task that acts for it there. */
static long name_self(struct thread *t, char *path, size_t size)
{
	static const char prefix[] = "/proc/", self[] = "/proc/self";
	size_t n = strlen(path);
	char *end;

	if (strncmp(path, prefix, sizeof(prefix) - 1) ||
	    strtol(path + sizeof(prefix) - 1, &end, 10) != t->process->pid || (*end && *end != '/'))
		return n;
	n = strlen(end);
	if (sizeof(self) + n > size)
		return -2;
	memmove(path + sizeof(self) - 1, end, n + 1);
	memcpy(path, self, sizeof(self) - 1);
	return sizeof(self) - 1 + n;
}

static long thread_path(const struct memory *m, uint64_t from, char *to, size_t size)
{
	long n = peek_string(m->context, from, to, size);
	const char *inside;

	if (n < 0)
		return n;
	inside = path_inside(to);
	memmove(to, inside, strlen(inside) + 1);
	return name_self(m->context, to, size);
}

void thread_memory(struct thread *t)
{
	static struct memory m = {
		.in = thread_in,
		.out = thread_out,
		.string = thread_string,
		.path = thread_path,
	};

	m.context = t;
	t->memory = &m;
}
