/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The configuration document (doc/config.md): read, checked, merged, and
 * compiled to the form that init reads in the guest.
 */
#ifndef RUMPRUN_CONFIG_H
#define RUMPRUN_CONFIG_H

#include <stddef.h>
#include <jansson.h>

/* What went wrong, in words meant for the user. */
struct config_error {
	char text[512];
};

/* The compiled form: "key=value" records, each ended by a NUL byte. */
struct config_blob {
	char *data;
	size_t size;
};

/* All return 0, or -1 with the error filled in. */
int config_load(const char *path, json_t **doc, struct config_error *err);
int config_check(const json_t *doc, struct config_error *err);
int config_merge(json_t *base, const json_t *over, struct config_error *err);
int config_compile(const json_t *doc, struct config_blob *blob, struct config_error *err);

/* Add one record; for what is no part of the document, such as the root's place. */
int config_record(struct config_blob *blob, const char *key, const char *value);
void config_blob_free(struct config_blob *blob);

__attribute__((format(printf, 2, 3))) int config_fail(struct config_error *err, const char *fmt,
						      ...);

#endif
