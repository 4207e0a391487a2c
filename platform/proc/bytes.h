/* SPDX-License-Identifier: GPL-2.0 */
#ifndef PROC_BYTES_H
#define PROC_BYTES_H

#include <stddef.h>

/* Upwards: what is copied may overlap with a place before it. */
static inline void copy_bytes(void *to, const void *from, size_t n)
{
	__asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(n)::"memory");
}

#endif
