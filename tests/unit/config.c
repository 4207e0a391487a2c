// SPDX-License-Identifier: GPL-2.0
/* The configuration document: what is refused, with which words; merging; the compiled form. */
#include "config.h"
#include "unit.h"

#include <stdlib.h>

static void refused(const char *text, const char *words)
{
	json_t *doc = json_loads(text, JSON_DECODE_ANY, NULL);
	struct config_error err = { "" };

	if (!doc || !config_check(doc, &err))
		printf("FAIL refused: %s\n", text);
	else
		check_text(text, words, err.text);
	json_decref(doc);
}

static void refusals(void)
{
	refused("[]", "the document must be an object");
	refused("{\"nosuch\": 1}", "unknown key \"nosuch\"");
	refused("{\"memory\": \"64\"}", "memory must be a whole number from 1 to 65536");
	refused("{\"cpus\": 65}", "cpus must be a whole number from 1 to 64");
	refused("{\"read_only\": 1}", "read_only must be true or false");
	refused("{\"env\": {\"A\": 1}}", "env.A must be a string");
	refused("{\"env\": {\"A=B\": \"\"}}", "env.A=B: no name of a variable");
	refused("{\"machine\": \"pc\"}", "machine is \"pc\": it must be q35 or microvm");
	refused("{\"programs\": {}}", "programs must be an array");
	refused("{\"programs\": [{}]}", "programs[0] needs the key \"path\"");
	refused("{\"programs\": [{\"path\": \"/a\", \"argv\": []}]}",
		"unknown key \"programs[0].argv\"");
	refused("{\"programs\": [{\"path\": \"a\"}]}",
		"programs[0].path is \"a\": it must be an absolute path");
	refused("{\"blocks\": [{\"mount\": \"/d\"}]}",
		"blocks[0] needs one of \"image\" and \"device\"");
	refused("{\"ports\": [\"80\"]}",
		"ports[0] is \"80\": it must be HOSTPORT:PORT, perhaps with /udp");
	refused("{\"interfaces\": [{\"tag\": \"a\", \"inet\": \"10.0.0.1\"}]}",
		"interfaces[0].inet is \"10.0.0.1\": it must be dhcp, none or ADDRESS/BITS");
	refused("{\"interfaces\": [{\"tag\": \"a\", \"mac\": \"52:54:00:0:0:0\"}]}",
		"interfaces[0].mac is \"52:54:00:0:0:0\": it must be six bytes in hex, separated by"
		" colons");
}

static const char base_text[] = "{\"hostname\": \"a\", \"env\": {\"A\": \"1\", \"B\": \"2\"},"
				" \"programs\": [{\"path\": \"/bin/x\", \"args\": [\"one\"]}]}";
static const char over_text[] = "{\"hostname\": \"b\", \"env\": {\"B\": \"3\", \"PATH\": \"/\"}}";

static void merging(json_t *doc)
{
	json_t *over = json_loads(over_text, 0, NULL), *env;
	struct config_error err;

	check("merge", !config_merge(doc, over, &err));
	env = json_object_get(doc, "env");
	check_text("a value is replaced", "b", json_string_value(json_object_get(doc, "hostname")));
	check_text("a member stays", "1", json_string_value(json_object_get(env, "A")));
	check_text("a member is replaced", "3", json_string_value(json_object_get(env, "B")));
	check("an array stays", json_array_size(json_object_get(doc, "programs")) == 1);
	json_decref(over);
}

/* Records are shown with a blank for each NUL byte. */
static void compiling(const json_t *doc)
{
	struct config_blob blob = { 0 };
	struct config_error err;
	char *text;

	check("compile", !config_compile(doc, &blob, &err));
	config_record(&blob, "root", "memory");
	text = calloc(1, blob.size + 1);
	memcpy(text, blob.data, blob.size);
	for (size_t i = 0; i < blob.size; i++) {
		if (!text[i])
			text[i] = ' ';
	}
	check_text("the compiled form",
		   "hostname=b env=A=1 env=B=3 env=PATH=/ env=HOME=/ program=/bin/x arg=/bin/x "
		   "arg=one root=memory ",
		   text);
	free(text);
	config_blob_free(&blob);
}

int main(void)
{
	json_t *doc = json_loads(base_text, 0, NULL);

	refusals();
	merging(doc);
	compiling(doc);
	json_decref(doc);
	return 0;
}
