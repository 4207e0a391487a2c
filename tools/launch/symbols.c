// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel's log names places in the kernel by address, and places in programs by file and
 * offset; kernel/arch/rump/hw/dump.c and dump_program.c write them. The walk up a stack there takes
 * every word for a return address that may be one. Here, where functions are known, those are
 * marked with a question mark whose call does not lead to the function found before.
 */
#include "symbols.h"
#include "debugfile.h"
#include "launch.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The kernel's text, by the addresses that it is linked for: in a machine, in a process. */
static const char *const kernel_prefixes[] = { "ffffffff", "000000007" };

struct symbols {
	char *dir; /* NULL: there is none */
	bool missed;
	struct debug_file *kernel;
	unsigned long long text; /* the kernel's first address */
	/* The function that the next return address should have called; NULL if it is not known. */
	char *callee;
};

struct symbols *symbols_open(const char *image)
{
	struct symbols *s = xcalloc(1, sizeof(*s));
	char *dir = xasprintf("%s.debug", image);

	/* The working folder may change before there is something to look up. */
	s->dir = realpath(dir, NULL);
	free(dir);
	return s;
}

bool symbols_missed(const struct symbols *s)
{
	return s->missed;
}

static struct debug_file *kernel_file(struct symbols *s)
{
	char *path;

	if (!s->kernel && s->dir) {
		path = xasprintf("%s/kernel", s->dir);
		s->kernel = debug_file(path);
		s->text = debug_file_symbol(s->kernel, "_text");
		free(path);
	}
	if (!s->kernel)
		s->missed = true;
	return s->kernel;
}

static void expect(struct symbols *s, const char *function)
{
	free(s->callee);
	s->callee = function ? xstrdup(function) : NULL;
}

static void write_place(const struct debug_place *p, FILE *out)
{
	fprintf(out, "%s+%#llx", p->function, p->offset);
	if (p->file)
		fprintf(out, " at %s:%d", p->file, p->line);
}

/* One step of a trace. A return address may lie behind the last instruction of its function. */
static void write_step(struct symbols *s, struct debug_file *file, unsigned long long address,
		       bool innermost, FILE *out)
{
	struct debug_place place;
	bool sure = innermost || !s->callee || debug_file_calls(file, address, s->callee);

	if (!debug_file_place(file, innermost ? address : address - 1, &place))
		return;
	place.offset += innermost ? 0 : 1;
	fputs(sure ? " " : " ? ", out);
	write_place(&place, out);
	if (sure)
		expect(s, place.function);
}

/* The digits of an address in the kernel, not followed by more of them. Return their end or NULL.
 */
static const char *kernel_digits(const char *text, unsigned long long *address)
{
	char *end;
	bool known = false;

	for (size_t i = 0; i < sizeof(kernel_prefixes) / sizeof(*kernel_prefixes); i++)
		known |= !strncmp(text, kernel_prefixes[i], strlen(kernel_prefixes[i]));
	if (!known)
		return NULL;
	*address = strtoull(text, &end, 16);
	return end - text == 16 ? end : NULL;
}

/* Linux's own messages: a bare address, or the distance from the one symbol that it knows. */
static const char *kernel_mention(struct symbols *s, const char *text, unsigned long long *address)
{
	unsigned long long offset, size;
	int length = 0;

	if (!strncmp(text, "0x", 2))
		return kernel_digits(text + 2, address);
	if (sscanf(text, "_text+0x%llx/0x%llx%n", &offset, &size, &length) < 2 || !length)
		return NULL;
	if (!kernel_file(s))
		return NULL;
	*address = s->text + offset;
	return text + length;
}

/* A step of the kernel's own trace: "[<address>]". Return its end or NULL. */
static const char *kernel_step(const char *text, unsigned long long *address)
{
	const char *end = strncmp(text, "[<", 2) ? NULL : kernel_digits(text + 2, address);

	return end && !strncmp(end, ">]", 2) ? end + 2 : NULL;
}

static void kernel_line(struct symbols *s, const char *line, FILE *out)
{
	unsigned long long address;
	struct debug_place place;
	const char *end;

	if (strstr(line, "Call trace:"))
		expect(s, NULL);
	for (const char *at = line; *at;) {
		end = kernel_step(at, &address);
		if (end) {
			fwrite(at, 1, end - at, out);
			if (kernel_file(s))
				write_step(s, s->kernel, address, strstr(line, "rip [<"), out);
			at = end;
			continue;
		}
		end = at == line || !isalnum(at[-1]) ? kernel_mention(s, at, &address) : NULL;
		if (end && kernel_file(s) && debug_file_place(s->kernel, address, &place)) {
			write_place(&place, out);
			at = end;
			continue;
		}
		fputc(*at++, out);
	}
}

/* "#3  00007f1234567890 /usr/bin/x+0x1234": whether a line is one; then what is behind it. */
static bool program_step(const char *line, unsigned int *nr, const char **path,
			 unsigned long long *offset)
{
	const char *plus = strrchr(line, '+'), *mark = strchr(line, '#');
	unsigned long long address;
	int length = 0;

	if (!mark || !plus || sscanf(mark, "#%u %llx %n", nr, &address, &length) < 2 || !length)
		return false;
	*path = mark + length;
	return *path < plus && **path == '/' && sscanf(plus, "+0x%llx", offset) == 1;
}

static void program_line(struct symbols *s, const char *path, unsigned long long offset,
			 bool innermost, FILE *out)
{
	char *name = strndup(path, strrchr(path, '+') - path);
	struct debug_file *file = s->dir && name ? debug_file_of(s->dir, name) : NULL;

	if (!s->dir)
		s->missed = true;
	if (innermost)
		expect(s, NULL);
	if (file)
		write_step(s, file, debug_file_address(file, offset), innermost, out);
	else
		expect(s, NULL);
	free(name);
}

void symbols_line(struct symbols *s, const char *line, FILE *out)
{
	unsigned long long offset;
	unsigned int nr;
	const char *path;

	if (program_step(line, &nr, &path, &offset)) {
		fputs(line, out);
		program_line(s, path, offset, nr == 0, out);
	} else {
		kernel_line(s, line, out);
	}
	fputc('\n', out);
}
