// SPDX-License-Identifier: GPL-2.0
/* Small things: words, lists, descriptors. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "launch.h"

/* Copy one word to out; return where the next may begin, or NULL at an open quote. */
static const char *split_word(const char *s, char *out)
{
	char quote = 0;

	for (; *s && (quote || !isspace((unsigned char)*s)); s++) {
		if (quote && *s == quote)
			quote = 0;
		else if (!quote && (*s == '\'' || *s == '"'))
			quote = *s;
		else if (*s == '\\' && quote != '\'' && s[1])
			*out++ = *++s;
		else
			*out++ = *s;
	}
	*out = '\0';
	return quote ? NULL : s;
}

int split_words(struct strv *words, const char *text)
{
	char *word = xcalloc(1, strlen(text) + 1);

	while (text && text[strspn(text, " \t\n")]) {
		text = split_word(text + strspn(text, " \t\n"), word);
		strv_add(words, word);
	}
	free(word);
	return text ? 0 : -1;
}

int memory_file(const char *name, const void *data, size_t size)
{
	int fd = memfd_create(name, MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size || lseek(fd, 0, SEEK_SET))
		quit(STATUS_SYSTEM, "cannot make a file in memory: %s", strerror(errno));
	return fd;
}

void close_on_exec(int fd, bool on)
{
	fcntl(fd, F_SETFD, on ? FD_CLOEXEC : 0);
}

void close_all_but(int one, int other)
{
	int low = one < other ? one : other, high = one < other ? other : one;

	if (low > 3)
		close_range(3, low - 1, 0);
	if (high > low + 1)
		close_range(low + 1, high - 1, 0);
	close_range(high + 1, ~0u, 0);
}

char *list_value(const char *list, const char *key)
{
	size_t n = strlen(key);

	for (const char *p = list; *p; p += strcspn(p, ","), p += *p == ',') {
		if (!strncmp(p, key, n) && p[n] == '=')
			return xasprintf("%.*s", (int)strcspn(p + n + 1, ","), p + n + 1);
	}
	return NULL;
}
