/* SPDX-License-Identifier: GPL-2.0 */
/* What rumprun-bake wrote into an image about itself. */
#ifndef RUMPRUN_IMAGE_H
#define RUMPRUN_IMAGE_H

#include <jansson.h>
#include <stdbool.h>

enum root_place { ROOT_NONE, ROOT_MEMORY, ROOT_DRIVE };

struct image {
	const char *path;
	json_t *info;
	enum root_place root;
	/* Of a root that is a drive: where it lies in the file. */
	json_int_t root_offset, root_size;
	/* Where in memory what is loaded of it ends, in bytes. */
	json_int_t load_end;
};

/* Does not come back without a usable image. */
void image_open(const char *path, struct image *image);
bool image_has(const struct image *image, const char *component);

#endif
