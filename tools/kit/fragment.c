// SPDX-License-Identifier: GPL-2.0
#include "kit.h"

#include <stdio.h>

void kit_fragment(const struct components *all, const char *kind)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct component *c = &all->v[i];

		if (!component_fits(c, kind))
			continue;
		for (size_t j = 0; j < c->options.n; j++)
			printf("CONFIG_%s\n", c->options.v[j]);
	}
}
