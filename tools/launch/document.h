/* SPDX-License-Identifier: GPL-2.0 */
/* The configuration of one launch: the baked one, --config and the options in one document. */
#ifndef RUMPRUN_DOCUMENT_H
#define RUMPRUN_DOCUMENT_H

#include <jansson.h>

#include "image.h"
#include "options.h"

json_t *document_make(const struct options *opt, const struct image *image);

/* Members with a usual value. */
const char *document_string(const json_t *object, const char *key, const char *usual);
json_int_t document_number(const json_t *object, const char *key, json_int_t usual);
bool document_flag(const json_t *object, const char *key);

#endif
