// SPDX-License-Identifier: GPL-2.0
#include "report.h"
#include "util.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

bool report_json;

static void message(const char *kind, const char *fmt, va_list ap)
{
	char *text;
	json_t *object;

	if (vasprintf(&text, fmt, ap) < 0)
		die("out of memory");
	if (report_json) {
		object = json_pack("{ss}", kind, text);
		json_dumpf(object, stderr, JSON_COMPACT);
		fputc('\n', stderr);
		json_decref(object);
	} else {
		fprintf(stderr, "%s: %s\n", prog_name, text);
	}
	free(text);
}

void say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message("message", fmt, ap);
	va_end(ap);
}

void quit(enum status status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	message("error", fmt, ap);
	va_end(ap);
	exit(status);
}
