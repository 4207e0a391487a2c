/* SPDX-License-Identifier: GPL-2.0 */
/* A pre-shared key: any bytes, as many as these. */
#ifndef RUMPRUN_SYSPROXY_KEY_H
#define RUMPRUN_SYSPROXY_KEY_H

#include <stddef.h>

enum { KEY_LEAST = 16, KEY_MOST = 256 };

struct key {
	unsigned char data[KEY_MOST];
	size_t size;
};

#endif
