// SPDX-License-Identifier: GPL-2.0
/*
 * The command line. The launcher hands over one argument behind "--rump"; else the
 * arguments, but for a leading "--allow-root", are meant for the program, and go to
 * PID 1 behind "--".
 */
#include "proc.h"

/*
 * A fault of the program costs the host a signal and the kernel a mapping: so memory
 * comes in larger pieces than pages, where there is enough. The kernel's caches begin with
 * half of what is usual, so that two large pages of the host's do for a small program.
 */
#define ALWAYS "slab_min_objects=4 thp_anon=16K,32K,64K:always;2M:inherit "
#define DIRECT "quiet"

/* As Linux hands to PID 1 at most (CONFIG_INIT_ENV_ARG_LIMIT) */
#define ARGUMENTS_MOST 30

static UNMOVED char line[4096];

static size_t append(size_t at, const char *s)
{
	while (*s && at < sizeof(line) - 1)
		line[at++] = *s++;
	line[at] = 0;
	return at;
}

static bool same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

static bool has_quote(const char *s)
{
	while (*s && *s != '"')
		s++;
	return *s;
}

void host_options_read(int argc, char **argv)
{
	size_t at;

	if (argc == 3 && same(argv[1], "--rump")) {
		append(append(0, ALWAYS), argv[2]);
		return;
	}
	at = append(append(0, ALWAYS), DIRECT);
	if (argc > 1 && same(argv[1], "--allow-root")) {
		at = append(at, " rump.allow_root=1");
		argc--, argv++;
	}
	if (argc - 1 > ARGUMENTS_MOST)
		host_fail("more than 30 arguments: give them to rumprun proc");
	at = append(at, " --");
	for (int i = 1; i < argc; i++) {
		if (has_quote(argv[i]))
			host_fail("an argument has a quotation mark: give it to rumprun proc");
		at = append(at, " \"");
		at = append(at, argv[i]);
		at = append(at, "\"");
	}
}

static bool begins(const char *s, const char *with)
{
	while (*with && *s == *with)
		s++, with++;
	return !*with;
}

/*
 * Words that are ours are taken out, when all of them have been looked up: Linux would look for
 * each among all its parameters, a dozen times.
 */
const char *rumpuser_command_line(void)
{
	const char *from = line;
	char *to = line;

	while (*from && !begins(from, "-- ")) {
		bool ours = begins(from, "rump."), end = false;

		for (; *from && !end; from++) {
			end = *from == ' ';
			if (!ours)
				*to++ = *from;
		}
	}
	while ((*to++ = *from++))
		;
	return line;
}

const char *host_option_text(const char *key)
{
	for (const char *p = line; *p; p++) {
		const char *k = key, *v = p;

		if (p != line && p[-1] != ' ')
			continue;
		while (*k && *k == *v)
			k++, v++;
		if (!*k && *v == '=')
			return v + 1;
	}
	return NULL;
}

static unsigned int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

uint64_t host_number(const char **p, unsigned int base)
{
	uint64_t n = 0;

	for (; digit(**p) < base; ++*p)
		n = n * base + digit(**p);
	if (**p == ',')
		++*p;
	return n;
}

long host_option(const char *key, long usual)
{
	const char *p = host_option_text(key);

	return p ? (long)host_number(&p, 10) : usual;
}
