// SPDX-License-Identifier: GPL-2.0
/* What a configuration document may hold. doc/config.md says the same in words. */
#include <arpa/inet.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

enum kind { STRING, INTEGER, BOOLEAN, STRINGS, ENVIRONMENT, LIST, OBJECT };

struct key {
	const char *name;
	enum kind kind;
	/* Says what is wrong with a string, or NULL. */
	const char *(*check)(const char *value);
	long min, max;
	const struct key *members;
	int required;
};

/* Where in the document, for messages; a name beyond all measure is cut. */
enum { PATH_SIZE = 256 };

__attribute__((format(printf, 2, 3))) static void place(char path[PATH_SIZE], const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(path, PATH_SIZE, fmt, ap);
	va_end(ap);
}

static const char *check_absolute(const char *s)
{
	return *s == '/' ? NULL : "must be an absolute path";
}

/* What init mounts itself would be hidden, and the guest could not start. */
static const char *check_mount(const char *s)
{
	static const char *const taken[] = { "", "proc", "sys", "dev" };

	if (*s != '/')
		return "must be an absolute path";
	s += strspn(s, "/");
	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++) {
		size_t n = strlen(taken[i]);

		if (!strncmp(s, taken[i], n) && !s[n + strspn(s + n, "/")])
			return "must not be /, /proc, /sys or /dev, which the guest has itself";
	}
	return NULL;
}

/* Of what Linux takes, what the rest of the world takes too. */
static const char *check_hostname(const char *s)
{
	static const char good[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";

	return *s && strlen(s) <= 64 && s[strspn(s, good)] == '\0'
		       ? NULL
		       : "must be 1 to 64 letters, digits, dots and dashes";
}

static const char *check_machine(const char *s)
{
	return !strcmp(s, "q35") || !strcmp(s, "microvm") ? NULL : "must be q35 or microvm";
}

static const char *check_backend(const char *s)
{
	return !strcmp(s, "user") || !strcmp(s, "tap") || !strcmp(s, "socket") || !strcmp(s, "fd")
		       ? NULL
		       : "must be user, tap, socket or fd";
}

static const char *check_device(const char *s)
{
	return !strcmp(s, "virtio") || !strcmp(s, "e1000e") ? NULL : "must be virtio or e1000e";
}

static const char *check_bus(const char *s)
{
	return !strcmp(s, "virtio_blk") || !strcmp(s, "virtio_scsi") || !strcmp(s, "nvme") ||
			       !strcmp(s, "ahci") || !strcmp(s, "usb_storage")
		       ? NULL
		       : "must be virtio_blk, virtio_scsi, nvme, ahci or usb_storage";
}

static const char *check_mac(const char *s)
{
	for (int i = 0; i < 6; i++, s += 3) {
		if (strspn(s, "0123456789abcdefABCDEF") != 2 || s[2] != (i < 5 ? ':' : '\0'))
			return "must be six bytes in hex, separated by colons";
	}
	return NULL;
}

static int is_address(int family, const char *s)
{
	unsigned char addr[16];

	return inet_pton(family, s, addr) == 1;
}

/* ADDRESS/BITS of the family. */
static int is_network(int family, const char *s)
{
	const char *slash = strchr(s, '/');
	char addr[INET6_ADDRSTRLEN], *end;
	long bits;

	if (!slash || (size_t)(slash - s) >= sizeof(addr))
		return 0;
	memcpy(addr, s, slash - s);
	addr[slash - s] = '\0';
	bits = strtol(slash + 1, &end, 10);
	return end != slash + 1 && !*end && bits >= 0 && bits <= (family == AF_INET ? 32 : 128) &&
	       is_address(family, addr);
}

static const char *check_inet(const char *s)
{
	return !strcmp(s, "dhcp") || !strcmp(s, "none") || is_network(AF_INET, s)
		       ? NULL
		       : "must be dhcp, none or ADDRESS/BITS";
}

static const char *check_inet6(const char *s)
{
	return !strcmp(s, "auto") || !strcmp(s, "none") || is_network(AF_INET6, s)
		       ? NULL
		       : "must be auto, none or ADDRESS/BITS";
}

static const char *check_gateway(const char *s)
{
	return is_address(AF_INET, s) ? NULL : "must be an IPv4 address";
}

static const char *check_gateway6(const char *s)
{
	return is_address(AF_INET6, s) ? NULL : "must be an IPv6 address";
}

static const char *check_nameserver(const char *s)
{
	return is_address(AF_INET, s) || is_address(AF_INET6, s) ? NULL : "must be an address";
}

/* HOSTPORT:PORT, either with /udp behind it. */
static const char *check_port(const char *s)
{
	static const char wrong[] = "must be HOSTPORT:PORT, perhaps with /udp";
	char *end;
	long host = strtol(s, &end, 10), guest;

	if (end == s || *end != ':' || host < 1 || host > 65535)
		return wrong;
	s = end + 1;
	guest = strtol(s, &end, 10);
	if (end == s || guest < 1 || guest > 65535)
		return wrong;
	return !*end || !strcmp(end, "/udp") || !strcmp(end, "/tcp") ? NULL : wrong;
}

/* As sysproxy/common/address.c reads it in the guest. */
static const char *check_listen(const char *s)
{
	static const char *const known[] = { "tcp:", "unix:", "vsock:", "console:" };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		size_t n = strlen(known[i]);

		if (!strncmp(s, known[i], n) && s[n])
			return NULL;
	}
	return "must be tcp:PORT, tcp:ADDRESS:PORT, unix:PATH, vsock:PORT or console:DEVICE";
}

static const char *check_call(const char *s)
{
	return *s && !s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")]
		       ? NULL
		       : "must be the name of a system call";
}

static const struct key program_keys[] = {
	{ .name = "path", .kind = STRING, .check = check_absolute, .required = 1 },
	{ .name = "argv0", .kind = STRING },
	{ .name = "args", .kind = STRINGS },
	{ .name = "env", .kind = ENVIRONMENT },
	{ .name = "cwd", .kind = STRING, .check = check_absolute },
	{ .name = "uid", .kind = INTEGER, .max = 0xfffffffe },
	{ .name = "gid", .kind = INTEGER, .max = 0xfffffffe },
	{ .name = "pipe", .kind = BOOLEAN },
	{ 0 },
};

static const struct key interface_keys[] = {
	{ .name = "tag", .kind = STRING, .required = 1 },
	{ .name = "device", .kind = STRING, .check = check_device },
	{ .name = "backend", .kind = STRING, .check = check_backend },
	{ .name = "options", .kind = STRING },
	{ .name = "mac", .kind = STRING, .check = check_mac },
	{ .name = "inet", .kind = STRING, .check = check_inet },
	{ .name = "gateway", .kind = STRING, .check = check_gateway },
	{ .name = "inet6", .kind = STRING, .check = check_inet6 },
	{ .name = "gateway6", .kind = STRING, .check = check_gateway6 },
	{ 0 },
};

static const struct key block_keys[] = {
	{ .name = "image", .kind = STRING },
	{ .name = "device", .kind = STRING, .check = check_absolute },
	{ .name = "bus", .kind = STRING, .check = check_bus },
	{ .name = "serial", .kind = STRING },
	{ .name = "mount", .kind = STRING, .check = check_mount },
	{ .name = "fstype", .kind = STRING },
	{ .name = "options", .kind = STRING },
	{ .name = "read_only", .kind = BOOLEAN },
	{ 0 },
};

static const struct key sysproxy_keys[] = {
	{ .name = "listen", .kind = STRINGS, .check = check_listen },
	{ .name = "console", .kind = STRING },
	{ .name = "socket", .kind = STRING },
	{ .name = "cid", .kind = INTEGER, .min = 3, .max = 0xfffffffe },
	{ .name = "key", .kind = STRING },
	{ .name = "read_only", .kind = BOOLEAN },
	{ .name = "allow", .kind = STRINGS, .check = check_call },
	{ 0 },
};

static const struct key document_keys[] = {
	{ .name = "hostname", .kind = STRING, .check = check_hostname },
	{ .name = "memory", .kind = INTEGER, .min = 1, .max = 65536 },
	{ .name = "cpus", .kind = INTEGER, .min = 1, .max = 64 },
	{ .name = "machine", .kind = STRING, .check = check_machine },
	{ .name = "kernel_args", .kind = STRING },
	{ .name = "read_only", .kind = BOOLEAN },
	{ .name = "env", .kind = ENVIRONMENT },
	{ .name = "cwd", .kind = STRING, .check = check_absolute },
	{ .name = "grace", .kind = INTEGER, .max = 3600 },
	{ .name = "programs", .kind = LIST, .members = program_keys },
	{ .name = "interfaces", .kind = LIST, .members = interface_keys },
	{ .name = "ports", .kind = STRINGS, .check = check_port },
	{ .name = "nameservers", .kind = STRINGS, .check = check_nameserver },
	{ .name = "search", .kind = STRINGS },
	{ .name = "network_timeout", .kind = INTEGER, .min = 1, .max = 3600 },
	{ .name = "blocks", .kind = LIST, .members = block_keys },
	{ .name = "sysproxy", .kind = OBJECT, .members = sysproxy_keys },
	{ 0 },
};

static int check_object(const json_t *object, const struct key *keys, const char *where,
			struct config_error *err);

static int check_string(const json_t *value, const struct key *key, const char *where,
			struct config_error *err)
{
	const char *wrong;

	if (!json_is_string(value))
		return config_fail(err, "%s must be a string", where);
	wrong = key->check ? key->check(json_string_value(value)) : NULL;
	return wrong ? config_fail(err, "%s is \"%s\": it %s", where, json_string_value(value),
				   wrong)
		     : 0;
}

static int check_integer(const json_t *value, const struct key *key, const char *where,
			 struct config_error *err)
{
	json_int_t n = json_integer_value(value);

	if (!json_is_integer(value) || n < key->min || n > key->max)
		return config_fail(err, "%s must be a whole number from %ld to %ld", where,
				   key->min, key->max);
	return 0;
}

static int check_environment(const json_t *value, const struct key *key, const char *where,
			     struct config_error *err)
{
	const char *name;
	const json_t *member;
	char path[PATH_SIZE];

	if (!json_is_object(value))
		return config_fail(err, "%s must be an object of strings", where);
	json_object_foreach ((json_t *)value, name, member) {
		place(path, "%s.%s", where, name);
		if (!*name || strchr(name, '='))
			return config_fail(err, "%s: no name of a variable", path);
		if (check_string(member, key, path, err))
			return -1;
	}
	return 0;
}

/* STRINGS and LIST: arrays that differ in what they hold. */
static int check_array(const json_t *value, const struct key *key, const char *where,
		       struct config_error *err)
{
	const json_t *member;
	char path[PATH_SIZE];
	size_t i;

	if (!json_is_array(value))
		return config_fail(err, "%s must be an array", where);
	json_array_foreach (value, i, member) {
		place(path, "%s[%zu]", where, i);
		if (key->kind == STRINGS ? check_string(member, key, path, err)
					 : check_object(member, key->members, path, err))
			return -1;
	}
	return 0;
}

static int check_value(const json_t *value, const struct key *key, const char *where,
		       struct config_error *err)
{
	switch (key->kind) {
	case STRING:
		return check_string(value, key, where, err);
	case INTEGER:
		return check_integer(value, key, where, err);
	case BOOLEAN:
		return json_is_boolean(value) ? 0
					      : config_fail(err, "%s must be true or false", where);
	case ENVIRONMENT:
		return check_environment(value, key, where, err);
	case OBJECT:
		return check_object(value, key->members, where, err);
	case STRINGS:
	case LIST:
		break;
	}
	return check_array(value, key, where, err);
}

static const struct key *find_key(const struct key *keys, const char *name)
{
	for (; keys->name; keys++) {
		if (!strcmp(keys->name, name))
			return keys;
	}
	return NULL;
}

static int check_object(const json_t *object, const struct key *keys, const char *where,
			struct config_error *err)
{
	const char *name;
	const json_t *value;
	const struct key *key;
	char path[PATH_SIZE];

	if (!json_is_object(object))
		return config_fail(err, "%s must be an object", *where ? where : "the document");
	json_object_foreach ((json_t *)object, name, value) {
		place(path, "%s%s%s", where, *where ? "." : "", name);
		key = find_key(keys, name);
		if (!key)
			return config_fail(err, "unknown key \"%s\"", path);
		if (check_value(value, key, path, err))
			return -1;
	}
	for (key = keys; key->name; key++) {
		if (key->required && !json_object_get(object, key->name))
			return config_fail(err, "%s needs the key \"%s\"", where, key->name);
	}
	return 0;
}

/* What no single key can tell. */
static int check_blocks(const json_t *doc, struct config_error *err)
{
	const json_t *block;
	size_t i;

	json_array_foreach (json_object_get(doc, "blocks"), i, block) {
		if (!json_object_get(block, "image") == !json_object_get(block, "device"))
			return config_fail(err, "blocks[%zu] needs one of \"image\" and \"device\"",
					   i);
		if (strlen(json_string_value(json_object_get(block, "serial")) ?: "") > 20)
			return config_fail(err, "blocks[%zu].serial is longer than 20 bytes", i);
	}
	return 0;
}

static int check_interfaces(const json_t *doc, struct config_error *err)
{
	const json_t *list = json_object_get(doc, "interfaces"), *net;
	size_t i;

	json_array_foreach (list, i, net) {
		for (size_t k = 0; k < i; k++) {
			if (json_equal(json_object_get(net, "tag"),
				       json_object_get(json_array_get(list, k), "tag")))
				return config_fail(err,
						   "interfaces[%zu] has the tag of another one", i);
		}
	}
	return 0;
}

int config_check(const json_t *doc, struct config_error *err)
{
	return check_object(doc, document_keys, "", err) || check_blocks(doc, err) ||
			       check_interfaces(doc, err)
		       ? -1
		       : 0;
}
