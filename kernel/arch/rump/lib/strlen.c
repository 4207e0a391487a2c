// SPDX-License-Identifier: GPL-2.0
/*
 * strlen() by words. At boot it is asked for the length of some thousand names, most of them of
 * sysctls. A word that is aligned lies in one page, so that reading behind the end does no harm.
 */
#include <linux/align.h>
#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/kconfig.h>
#include <linux/string.h>
#include <asm/word-at-a-time.h>

static size_t by_words(const char *s)
{
	const struct word_at_a_time constants = WORD_AT_A_TIME_CONSTANTS;
	const unsigned long *p = PTR_ALIGN_DOWN((const unsigned long *)s, sizeof(*p));
	unsigned int before = ((unsigned long)s % sizeof(*p)) * BITS_PER_BYTE;
	unsigned long word = *p | ~(~0ul << before), zero;

	while (!has_zero(word, &zero, &constants))
		word = *++p;
	return (const char *)p + __ffs(zero) / BITS_PER_BYTE - s;
}

/* KASAN takes a word that ends behind the string for a mistake, and wants to see those that are. */
static size_t by_bytes(const char *s)
{
	size_t n = 0;

	while (READ_ONCE(s[n]))
		n++;
	return n;
}

size_t strlen(const char *s)
{
	if (IS_ENABLED(CONFIG_KASAN))
		return by_bytes(s);
	return by_words(s);
}
EXPORT_SYMBOL(strlen);
