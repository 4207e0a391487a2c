// SPDX-License-Identifier: GPL-2.0
/*
 * The compiled form of a configuration: records "key=value", each ended by a
 * NUL byte, so that init needs no parser. Order matters: "program", "net" and
 * "block" begin an entry, and the records after them belong to it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

/* Of a key for remote system calls, in bytes: as in sysproxy/common/key.h. */
enum { KEY_LEAST = 16, KEY_MOST = 256 };

int config_record(struct config_blob *blob, const char *key, const char *value)
{
	size_t klen = strlen(key), vlen = strlen(value);
	char *data = realloc(blob->data, blob->size + klen + vlen + 2);

	if (!data)
		return -1;
	blob->data = data;
	data += blob->size;
	memcpy(data, key, klen);
	data[klen] = '=';
	memcpy(data + klen + 1, value, vlen + 1);
	blob->size += klen + vlen + 2;
	return 0;
}

void config_blob_free(struct config_blob *blob)
{
	free(blob->data);
	blob->data = NULL;
	blob->size = 0;
}

/* One key of the object, under the name that init knows; nothing when it is not there. */
static int emit(struct config_blob *blob, const json_t *object, const char *name, const char *as)
{
	const json_t *value = json_object_get(object, name);
	char number[32];

	switch (value ? json_typeof(value) : JSON_NULL) {
	case JSON_STRING:
		return config_record(blob, as, json_string_value(value));
	case JSON_INTEGER:
		snprintf(number, sizeof(number), "%lld", (long long)json_integer_value(value));
		return config_record(blob, as, number);
	case JSON_TRUE:
		return config_record(blob, as, "1");
	default:
		return 0;
	}
}

static int emit_strings(struct config_blob *blob, const json_t *object, const char *name,
			const char *as)
{
	const json_t *value;
	size_t i;

	json_array_foreach (json_object_get(object, name), i, value) {
		if (config_record(blob, as, json_string_value(value)))
			return -1;
	}
	return 0;
}

static int emit_variable(struct config_blob *blob, const char *as, const char *name,
			 const char *value)
{
	size_t size = strlen(as) + strlen(name) + 2;
	char *key = malloc(size);
	int ret;

	if (!key)
		return -1;
	snprintf(key, size, "%s=%s", as, name);
	ret = config_record(blob, key, value);
	free(key);
	return ret;
}

static int emit_environment(struct config_blob *blob, const json_t *env, const char *as)
{
	const char *name;
	const json_t *value;

	json_object_foreach ((json_t *)env, name, value) {
		if (emit_variable(blob, as, name, json_string_value(value)))
			return -1;
	}
	return 0;
}

/* A program that finds no PATH or HOME behaves oddly: give it some. */
static int emit_usual_environment(struct config_blob *blob, const json_t *env)
{
	static const char *const usual[][2] = {
		{ "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
		{ "HOME", "/" },
	};

	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
		if (!json_object_get(env, usual[i][0]) &&
		    emit_variable(blob, "env", usual[i][0], usual[i][1]))
			return -1;
	}
	return 0;
}

static int emit_interfaces(struct config_blob *blob, const json_t *doc)
{
	static const char *const keys[] = { "inet", "gateway", "inet6", "gateway6" };
	const json_t *net, *mac;
	size_t i;
	int bad = 0;

	json_array_foreach (json_object_get(doc, "interfaces"), i, net) {
		mac = json_object_get(net, "mac");
		bad |= config_record(blob, "net", mac ? json_string_value(mac) : "");
		bad |= emit(blob, net, "tag", "tag");
		/* An interface that nobody configured asks by DHCP. */
		if (!json_object_get(net, "inet") && !json_object_get(net, "inet6"))
			bad |= config_record(blob, "inet", "dhcp");
		for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
			bad |= emit(blob, net, keys[k], keys[k]);
	}
	return bad;
}

static int emit_blocks(struct config_blob *blob, const json_t *doc)
{
	const json_t *block, *serial;
	size_t i;
	int bad = 0;

	json_array_foreach (json_object_get(doc, "blocks"), i, block) {
		serial = json_object_get(block, "serial");
		bad |= config_record(blob, "block", serial ? json_string_value(serial) : "");
		bad |= emit(blob, block, "device", "device");
		bad |= emit(blob, block, "image", "image");
		bad |= emit(blob, block, "mount", "mount");
		bad |= emit(blob, block, "fstype", "fstype");
		bad |= emit(blob, block, "options", "options");
		bad |= emit(blob, block, "read_only", "ro");
	}
	return bad;
}

static int emit_programs(struct config_blob *blob, const json_t *doc)
{
	const json_t *prog;
	size_t i;
	int bad = 0;

	json_array_foreach (json_object_get(doc, "programs"), i, prog) {
		bad |= emit(blob, prog, "path", "program");
		bad |= emit(blob, prog, json_object_get(prog, "argv0") ? "argv0" : "path", "arg");
		bad |= emit_strings(blob, prog, "args", "arg");
		bad |= emit_environment(blob, json_object_get(prog, "env"), "penv");
		bad |= emit(blob, prog, "cwd", "pcwd");
		bad |= emit(blob, prog, "uid", "uid");
		bad |= emit(blob, prog, "gid", "gid");
		bad |= emit(blob, prog, "pipe", "pipe");
	}
	return bad;
}

/* The key itself, in hex: the guest has not the file. */
static int emit_key(struct config_blob *blob, const char *path, struct config_error *err)
{
	unsigned char key[KEY_MOST + 1];
	char hex[2 * KEY_MOST + 1];
	FILE *f = fopen(path, "re");
	size_t n = f ? fread(key, 1, sizeof(key), f) : 0;

	if (!f)
		return config_fail(err, "sysproxy.key: %s: %s", path, strerror(errno));
	fclose(f);
	if (n < KEY_LEAST || n > KEY_MOST)
		return config_fail(err,
				   "sysproxy.key: %s: a key has 16 to 256 bytes; make one with: "
				   "head -c 32 /dev/urandom",
				   path);
	for (size_t i = 0; i < n; i++)
		sprintf(hex + 2 * i, "%02x", key[i]);
	return config_record(blob, "sysproxy_key", hex) ? config_fail(err, "out of memory") : 0;
}

static int emit_sysproxy(struct config_blob *blob, const json_t *sysproxy, struct config_error *err)
{
	const json_t *key = json_object_get(sysproxy, "key");
	int bad = 0;

	bad |= emit_strings(blob, sysproxy, "listen", "sysproxy");
	bad |= emit(blob, sysproxy, "read_only", "sysproxy_ro");
	bad |= emit_strings(blob, sysproxy, "allow", "sysproxy_allow");
	if (bad)
		return config_fail(err, "out of memory");
	return key ? emit_key(blob, json_string_value(key), err) : 0;
}

int config_compile(const json_t *doc, struct config_blob *blob, struct config_error *err)
{
	static const char *const keys[] = { "hostname", "cwd", "grace", "network_timeout" };
	const json_t *env = json_object_get(doc, "env");
	int bad = 0;

	if (config_check(doc, err))
		return -1;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		bad |= emit(blob, doc, keys[i], keys[i]);
	bad |= emit(blob, doc, "read_only", "ro");
	bad |= emit_environment(blob, env, "env");
	bad |= emit_usual_environment(blob, env);
	bad |= emit_strings(blob, doc, "nameservers", "nameserver");
	bad |= emit_strings(blob, doc, "search", "search");
	if (emit_sysproxy(blob, json_object_get(doc, "sysproxy"), err))
		return -1;
	bad |= emit_interfaces(blob, doc);
	bad |= emit_blocks(blob, doc);
	bad |= emit_programs(blob, doc);
	return bad ? config_fail(err, "out of memory") : 0;
}
