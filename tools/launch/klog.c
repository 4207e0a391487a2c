// SPDX-License-Identifier: GPL-2.0
#include "klog.h"
#include "launch.h"
#include "symbols.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_line(struct klog *k, struct sink *out)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	k->line[k->line_size] = '\0';
	k->line_size = 0;
	if (!f)
		quit(STATUS_SYSTEM, "out of memory");
	symbols_line(k->symbols, k->line, f);
	if (fclose(f))
		quit(STATUS_SYSTEM, "out of memory");
	sink_put(out, text, size);
	free(text);
}

void klog_take(struct klog *k, const char *data, size_t size, struct sink *out)
{
	tail_put(&k->tail, data, size);
	for (size_t i = 0; out && i < size; i++) {
		if (data[i] != '\n')
			k->line[k->line_size++] = data[i];
		if (data[i] == '\n' || k->line_size == sizeof(k->line) - 1)
			put_line(k, out);
	}
}

/* "[    0.123456] text": the text. */
static const char *without_time(const char *line)
{
	const char *end = *line == '[' ? strstr(line, "] ") : NULL;

	return end ? end + 2 : line;
}

static char *next_line(char **rest)
{
	char *line;

	do {
		line = strsep(rest, "\n");
	} while (line && !*line);
	return line;
}

static char *copy_text(const struct klog *k)
{
	char *text = strndup(k->tail.data, k->tail.size);

	if (!text)
		quit(STATUS_SYSTEM, "out of memory");
	return text;
}

void klog_show(const struct klog *k)
{
	char *text = copy_text(k), *rest = text, *line;

	while ((line = next_line(&rest)))
		symbols_line(k->symbols, line, stderr);
	free(text);
}

/* The lines behind the first one; kernel/arch/rump/hw/dump_program.c writes them. */
static bool belongs_to_death(const char *line)
{
	static const char *const begins[] = { "rip ", "rax ", "rsi ", "r10 ", "r14 ", "#" };

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
		if (starts_with(line, begins[i]))
			return true;
	}
	return false;
}

void klog_show_death(const struct klog *k, int signal)
{
	char *text = copy_text(k), *rest, *line, *last = NULL, *mark = NULL, *at = text;
	char *number = xasprintf(" (%d), code ", signal);

	while ((at = strstr(at, " died of "))) {
		if (starts_with(at + strcspn(at, "("), number + 1))
			last = at;
		at++;
	}
	for (mark = last; mark && mark > text && mark[-1] != '\n';)
		mark--;
	rest = mark;
	line = mark ? next_line(&rest) : NULL;
	while (line) {
		symbols_line(k->symbols, without_time(line), stderr);
		line = next_line(&rest);
		if (line && !belongs_to_death(without_time(line)))
			break;
	}
	free(number);
	free(text);
}
