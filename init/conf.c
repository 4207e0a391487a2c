// SPDX-License-Identifier: GPL-2.0
/*
 * The compiled configuration: records "key=value", each ended by a NUL byte.
 * "program", "net" and "block" begin an entry; the records after them belong
 * to it. tools/lib/config_compile.c writes them, doc/config.md lists them.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "init.h"

struct conf conf;

/* Pointers to the strings of all lists; a list is a run in it that ends with NULL. */
static const char **pool;
static size_t pool_used;

static struct program *program;
static struct block *block;
static struct net *net;

static void pool_add(const char *s)
{
	pool[pool_used++] = s;
}

static const char **empty_list(void)
{
	static const char *none[1];

	return none;
}

/* A list grows at the pool's end, over the NULL that ended it: it must be the last one there. */
static const char **list_add(const char **list, const char *s)
{
	static const char **last;

	if (list == empty_list())
		last = list = pool + pool_used;
	else if (list == last)
		pool_used--;
	else
		fatal("the configuration's records are out of order", NULL);
	pool_add(s);
	pool_add(NULL);
	return list;
}

static void begin_program(const char *path)
{
	if (conf.nprograms == MAX_PROGRAMS)
		fatal("more than 16 programs", NULL);
	program = &conf.programs[conf.nprograms++];
	program->path = path;
	program->args = program->env = empty_list();
}

static void begin_block(const char *serial)
{
	if (conf.nblocks == MAX_BLOCKS)
		fatal("more than 32 block devices", NULL);
	block = &conf.blocks[conf.nblocks++];
	block->serial = serial;
}

static void begin_net(const char *mac)
{
	if (conf.nnets == MAX_NETS)
		fatal("more than 8 network interfaces", NULL);
	net = &conf.nets[conf.nnets++];
	net->mac = mac;
	net->tag = mac;
}

static int is(const char *key, const char *name)
{
	return !strcmp(key, name);
}

static void global_record(const char *key, const char *value)
{
	if (is(key, "env")) {
		conf.env = list_add(conf.env, value);
		conf.nenv++;
	} else if (is(key, "hostname")) {
		conf.hostname = value;
	} else if (is(key, "cwd")) {
		conf.cwd = value;
	} else if (is(key, "root")) {
		conf.root = value;
	} else if (is(key, "grace")) {
		conf.grace = atoi(value);
	} else if (is(key, "network_timeout")) {
		conf.network_timeout = atoi(value);
	} else if (is(key, "ro")) {
		conf.read_only = 1;
	} else if (is(key, "io")) {
		conf.io = is(value, "frames") ? IO_FRAMES : IO_TTY;
	} else if (is(key, "frames")) {
		conf.frames = value;
	} else if (is(key, "search")) {
		conf.search = conf.search ? join(conf.search, " ", value, NULL) : value;
	} else if (is(key, "nameserver")) {
		if (conf.nnameservers < MAX_NAMESERVERS)
			conf.nameservers[conf.nnameservers++] = value;
	} else if (is(key, "sysproxy")) {
		if (conf.nsysproxy < MAX_SYSPROXY)
			conf.sysproxy[conf.nsysproxy++] = value;
	} else if (is(key, "sysproxy_key")) {
		conf.sysproxy_key = value;
	} else if (is(key, "sysproxy_ro")) {
		conf.sysproxy_read_only = 1;
	} else if (is(key, "sysproxy_allow")) {
		conf.sysproxy_allow =
			conf.sysproxy_allow ? join(conf.sysproxy_allow, ",", value, NULL) : value;
	} else {
		fatal("the configuration has an unknown record: ", key, NULL);
	}
}

static void program_record(const char *key, const char *value)
{
	if (is(key, "arg"))
		program->args = list_add(program->args, value);
	else if (is(key, "penv"))
		program->env = list_add(program->env, value);
	else if (is(key, "pcwd"))
		program->cwd = value;
	else if (is(key, "uid"))
		program->uid = strtoul(value, NULL, 10);
	else if (is(key, "gid"))
		program->gid = strtoul(value, NULL, 10);
	else if (is(key, "pipe"))
		program->pipe = 1;
	else
		global_record(key, value);
}

static void block_record(const char *key, const char *value)
{
	if (is(key, "device"))
		block->device = value;
	else if (is(key, "image"))
		block->image = value;
	else if (is(key, "mount"))
		block->mount = value;
	else if (is(key, "fstype"))
		block->fstype = value;
	else if (is(key, "options"))
		block->options = value;
	else if (is(key, "ro"))
		block->read_only = 1;
	else
		global_record(key, value);
}

static void net_record(const char *key, const char *value)
{
	if (is(key, "tag"))
		net->tag = value;
	else if (is(key, "inet"))
		net->inet = value;
	else if (is(key, "gateway"))
		net->gateway = value;
	else if (is(key, "inet6"))
		net->inet6 = value;
	else if (is(key, "gateway6"))
		net->gateway6 = value;
	else
		global_record(key, value);
}

static void record(const char *key, const char *value)
{
	static void (*entry)(const char *, const char *) = global_record;

	if (is(key, "program")) {
		begin_program(value);
		entry = program_record;
	} else if (is(key, "block")) {
		begin_block(value);
		entry = block_record;
	} else if (is(key, "net")) {
		begin_net(value);
		entry = net_record;
	} else {
		entry(key, value);
	}
}

static char *read_all(int fd, size_t size)
{
	char *text = grab(size + 1);

	for (size_t got = 0; got < size;) {
		ssize_t n = read(fd, text + got, size - got);

		if (n <= 0)
			fatal("cannot read the configuration", NULL);
		got += n;
	}
	text[size] = '\0';
	return text;
}

/* The text is kept and taken apart where it is; behind it there is a NUL byte. */
void conf_parse(char *text, size_t size)
{
	char *end = text + size;
	size_t records = 0;

	for (const char *p = text; p < end; p += strlen(p) + 1)
		records++;
	pool = grab((2 * records + 1) * sizeof(*pool));
	pool_used = 0;
	conf.env = empty_list();
	for (char *p = text, *next; p < end; p = next) {
		char *value = strchr(p, '=');

		next = p + strlen(p) + 1;
		if (!value)
			fatal("the configuration has a record without a value: ", p, NULL);
		*value = '\0';
		record(p, value + 1);
	}
}

/* The launcher's configuration is complete: it takes the place of the one baked in. */
void conf_read(void)
{
	/* Closed before anything is started. For O_CLOEXEC musl would ask twice. */
	int fd = open("/rumprun/launch.conf", O_RDONLY);
	struct stat st;

	conf.cwd = "/";
	conf.grace = 10;
	conf.network_timeout = 20;
	if (fd < 0)
		fd = open("/rumprun/default.conf", O_RDONLY);
	if (fd < 0 || fstat(fd, &st))
		fatal("there is no /rumprun/launch.conf and no /rumprun/default.conf", NULL);
	conf_parse(read_all(fd, st.st_size), st.st_size);
	close(fd);
}

/* What stands behind "--" on the kernel's command line: an image that is run without a launcher. */
void conf_add_arguments(int n, char **arguments)
{
	struct program *first = conf.programs;
	const char **longer;
	size_t had = 0;

	if (n < 1 || !conf.nprograms)
		return;
	while (first->args[had])
		had++;
	longer = grab((had + n + 1) * sizeof(*longer));
	memcpy(longer, first->args, had * sizeof(*longer));
	memcpy(longer + had, arguments, (n + 1) * sizeof(*longer));
	first->args = longer;
}
