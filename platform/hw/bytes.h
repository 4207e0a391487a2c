/* SPDX-License-Identifier: GPL-2.0 */
/* Packed firmware tables: fields lie where the table puts them, not where C would align them. */
#ifndef HW_BYTES_H
#define HW_BYTES_H

#include <stdbool.h>
#include <stdint.h>

static inline uint32_t hw_get32(const uint8_t *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t hw_get64(const uint8_t *p)
{
	return hw_get32(p) | (uint64_t)hw_get32(p + 4) << 32;
}

/* Do the bytes at p begin with the string s? */
static inline bool hw_same(const uint8_t *p, const char *s)
{
	for (; *s; s++, p++)
		if (*p != (uint8_t)*s)
			return false;
	return true;
}

#endif
