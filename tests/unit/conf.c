// SPDX-License-Identifier: GPL-2.0
/* The compiled configuration as PID 1 takes it apart. */
#include "config.h"
#include "init.h"
#include "unit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

/* What conf.c needs of the rest of init; a fatal error comes back here. */
static jmp_buf back;
static char reason[256];

void fatal(const char *first, ...)
{
	va_list ap;

	reason[0] = '\0';
	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *))
		strncat(reason, s, sizeof(reason) - strlen(reason) - 1);
	va_end(ap);
	longjmp(back, 1);
}

static const char text[] =
	"{\"hostname\": \"h\", \"env\": {\"A\": \"1\"}, \"grace\": 3, \"read_only\": true,"
	" \"search\": [\"a.b\", \"c\"], \"nameservers\": [\"1.1.1.1\"],"
	" \"interfaces\": [{\"tag\": \"n0\"}, {\"tag\": \"n1\", \"inet6\": \"auto\"}],"
	" \"blocks\": [{\"image\": \"i\", \"serial\": \"s\", \"mount\": \"/m\"}],"
	" \"programs\": [{\"path\": \"/a\", \"args\": [\"x=y\", \"\"], \"env\": {\"B\": \"=\"},"
	"  \"pipe\": true, \"uid\": 7}, {\"path\": \"/b\", \"argv0\": \"bee\"}]}";

static void compile(struct config_blob *blob)
{
	json_t *doc = json_loads(text, 0, NULL);
	struct config_error err = { "" };

	check("compile", !config_compile(doc, blob, &err));
	config_record(blob, "io", "frames");
	json_decref(doc);
}

static void look(void)
{
	const struct program *a = &conf.programs[0], *b = &conf.programs[1];

	check_text("host name", "h", conf.hostname);
	check("grace, read_only and io", conf.grace == 3 && conf.read_only && conf.io == IO_FRAMES);
	check("environment", conf.nenv == 3 && !conf.env[3]);
	check_text("a variable", "A=1", conf.env[0]);
	check_text("search", "a.b c", conf.search);
	check("two interfaces", conf.nnets == 2);
	check_text("the usual way to an address", "dhcp", conf.nets[0].inet);
	check("unless there is another", !conf.nets[1].inet);
	check_text("a block device", "/m", conf.blocks[0].mount);
	check("two programs", conf.nprograms == 2);
	check_text("a name", "/a", a->args[0]);
	check_text("an argument with = in it", "x=y", a->args[1]);
	check_text("an empty argument", "", a->args[2]);
	check("the arguments' end", !a->args[3]);
	check_text("a variable of its own", "B==", a->env[0]);
	check("pipe and uid", a->pipe && a->uid == 7 && !b->pipe);
	check_text("another name", "bee", b->args[0]);
}

static void refused(const char *what, const char *records, size_t size, const char *words)
{
	char *copy = malloc(size + 1);

	memcpy(copy, records, size);
	copy[size] = '\0';
	if (!setjmp(back)) {
		conf_parse(copy, size);
		printf("FAIL %s: taken\n", what);
	} else {
		check_text(what, words, reason);
	}
	free(copy);
}

int main(void)
{
	static const char unknown[] = "colour=red", no_value[] = "hostname";
	struct config_blob blob = { 0 };
	char *copy;

	compile(&blob);
	copy = calloc(1, blob.size + 1);
	memcpy(copy, blob.data, blob.size);
	if (!setjmp(back)) {
		conf_parse(copy, blob.size);
		look();
	} else {
		printf("FAIL parse: %s\n", reason);
	}
	refused("an unknown record", unknown, sizeof(unknown),
		"the configuration has an unknown record: colour");
	refused("a record without a value", no_value, sizeof(no_value),
		"the configuration has a record without a value: hostname");
	config_blob_free(&blob);
	free(copy);
	return 0;
}
