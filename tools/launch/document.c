// SPDX-License-Identifier: GPL-2.0
/* The configuration of one launch: the baked one, --config and the options in one document. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "config.h"
#include "document.h"

enum { DEFAULT_MEMORY = 64 };

const char *document_string(const json_t *object, const char *key, const char *usual)
{
	return json_string_value(json_object_get(object, key)) ?: usual;
}

json_int_t document_number(const json_t *object, const char *key, json_int_t usual)
{
	const json_t *value = json_object_get(object, key);

	return value ? json_integer_value(value) : usual;
}

bool document_flag(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

static void merge(json_t *doc, const json_t *over, enum status status, const char *what)
{
	struct config_error err;

	if (over && config_merge(doc, over, &err))
		quit(status, "%s: %s", what, err.text);
}

/* The baked arguments come first, as a script's name does behind its interpreter. */
static void add_arguments(json_t *doc, const struct options *opt)
{
	json_t *first = json_array_get(json_object_get(doc, "programs"), 0);
	json_t *args;

	if (!first)
		quit(opt->config ? STATUS_CONFIG : STATUS_USAGE,
		     "%s: its configuration names no program to run",
		     opt->config ? opt->config : opt->image);
	args = json_object_get(first, "args");
	if (!args) {
		args = json_array();
		json_object_set_new(first, "args", args);
	}
	for (int i = 0; i < opt->nprogram_args; i++) {
		json_t *arg = json_string(opt->program_args[i]);

		if (!arg)
			quit(STATUS_USAGE, "argument %d of the program is not UTF-8", i + 1);
		json_array_append_new(args, arg);
	}
}

/* A port to lead in needs an interface to lead it to. */
static void add_usual_interface(json_t *doc)
{
	if (!json_array_size(json_object_get(doc, "ports")) ||
	    json_array_size(json_object_get(doc, "interfaces")))
		return;
	json_object_set_new(doc, "interfaces",
			    json_pack("[{ssss}]", "tag", "net0", "backend", "user"));
}

static void check_ports(const json_t *doc)
{
	bool user = false;
	const json_t *net;
	size_t i;

	json_array_foreach (json_object_get(doc, "interfaces"), i, net)
		user |= !strcmp(document_string(net, "backend", "user"), "user");
	if (json_array_size(json_object_get(doc, "ports")) && !user)
		quit(STATUS_USAGE, "-P leads ports to a user network, and there is none here");
}

static json_t *interface_by_tag(json_t *doc, const char *tag)
{
	json_t *net;
	size_t i;

	json_array_foreach (json_object_get(doc, "interfaces"), i, net) {
		if (!strcmp(document_string(net, "tag", ""), tag))
			return net;
	}
	return NULL;
}

static void apply_addresses(json_t *doc, const json_t *addresses)
{
	json_t *address, *net;
	const char *tag;
	size_t i;

	json_array_foreach ((json_t *)addresses, i, address) {
		tag = document_string(address, "tag", "");
		net = interface_by_tag(doc, tag);
		if (!net)
			quit(STATUS_USAGE,
			     "-W %s: there is no such interface: give -I %s,virtio too", tag, tag);
		json_object_update(net, address);
	}
}

static void name_interfaces(json_t *doc)
{
	unsigned char random[3];
	json_t *net;
	char mac[18];
	size_t i;

	json_array_foreach (json_object_get(doc, "interfaces"), i, net) {
		if (json_object_get(net, "mac"))
			continue;
		if (getrandom(random, sizeof(random), 0) != sizeof(random))
			quit(STATUS_SYSTEM, "no random numbers for a hardware address");
		snprintf(mac, sizeof(mac), "52:54:00:%02x:%02x:%02x", random[0], random[1],
			 random[2]);
		json_object_set_new(net, "mac", json_string(mac));
	}
}

static void name_blocks(json_t *doc)
{
	json_t *block;
	char serial[32];
	size_t i;

	json_array_foreach (json_object_get(doc, "blocks"), i, block) {
		if (json_object_get(block, "serial"))
			continue;
		snprintf(serial, sizeof(serial), "rumpblk%zu", i);
		json_object_set_new(block, "serial", json_string(serial));
	}
}

json_t *document_make(const struct options *opt, const struct image *image)
{
	json_t *doc = json_object(), *file;
	struct config_error err;

	json_object_set_new(doc, "memory",
			    json_integer(document_number(image->info, "memory", DEFAULT_MEMORY)));
	merge(doc, json_object_get(image->info, "launch"), STATUS_NO_INPUT, image->path);
	if (opt->config) {
		if (access(opt->config, R_OK))
			quit(STATUS_NO_INPUT, "%s: %s", opt->config, strerror(errno));
		if (config_load(opt->config, &file, &err))
			quit(STATUS_CONFIG, "%s", err.text);
		merge(doc, file, STATUS_CONFIG, opt->config);
		json_decref(file);
	}
	merge(doc, opt->document, STATUS_USAGE, "options");
	add_arguments(doc, opt);
	add_usual_interface(doc);
	apply_addresses(doc, opt->addresses);
	name_interfaces(doc);
	name_blocks(doc);
	if (config_check(doc, &err))
		quit(STATUS_USAGE, "options: %s", err.text);
	check_ports(doc);
	return doc;
}
