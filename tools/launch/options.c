// SPDX-License-Identifier: GPL-2.0
/* The command line becomes a configuration document, plus what concerns the launcher alone. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"
#include "version.h"

enum {
	OPT_MACHINE = 256,
	OPT_JSON,
	OPT_CONFIG,
	OPT_READ_ONLY,
	OPT_ROOT,
	OPT_ALLOW_ROOT,
	OPT_SYSPROXY,
	OPT_SYSPROXY_KEY,
	OPT_SYSPROXY_READ_ONLY,
	OPT_VERSION,
};

static const char usage_text[] =
	"usage: rumprun [qemu|kvm|proc] [options] IMAGE [--] [ARGUMENT...]\n"
	"Without a platform, an image of configuration proc becomes a process; others run on kvm\n"
	"if a test guest shows that it works, else on qemu.\n"
	"\n"
	"  -i              stay, and be the program's input and output; exit with its status\n"
	"                  (without -i: print a cookie for rumpstop once the program runs)\n"
	"  -b IMG[,DIR[,FSTYPE]]  give it the block device IMG, mounted at DIR\n"
	"  -e NAME=VALUE   set a variable of the program's environment\n"
	"  -I TAG[,IF[,BACKEND[,OPTIONS]]]  make a network interface; IF is virtio or e1000e,\n"
	"                  BACKEND user (default), tap or socket, with QEMU's options for it\n"
	"  -I TAG,tap:NAME one on the host's tap interface NAME\n"
	"  -W TAG,inet,dhcp | TAG,inet,static,ADDR/BITS[,GATEWAY]\n"
	"  -W TAG,inet6,auto | TAG,inet6,static,ADDR/BITS[,GATEWAY]\n"
	"                  give the interface its address (default: DHCP); TAG,inet,none: none\n"
	"  -P HOSTPORT:PORT[/udp]  lead a port of the host to the guest's (user network)\n"
	"  -M MB           memory\n"
	"  -s CPUS         number of CPUs\n"
	"  -N NAME         host name\n"
	"  -D PORT         listen for gdb on this port, and print the line to start it with\n"
	"  -p              start paused, for gdb\n"
	"  -d              forget the guest when it has powered off (without -i)\n"
	"  -g 'ARGS'       more arguments for QEMU\n"
	"  -S              use sudo to make and remove tap interfaces\n"
	"  -T DIR          write what is handed to QEMU or to the process to DIR, and keep it\n"
	"  -v              show the kernel's messages on stderr\n"
	"  --machine q35|microvm   the machine\n"
	"  --read-only     no tmpfs over the root\n"
	"  --sysproxy ADDRESS   take remote system calls (rumpctrl) at tcp:PORT, vsock:CID:PORT,\n"
	"                  or at a Unix socket of the host: unix:PATH, or console:PATH for\n"
	"                  one client at a time; may be given several times\n"
	"  --sysproxy-key FILE   the key that clients must have; tcp needs one\n"
	"  --sysproxy-read-only  they may look, but change nothing\n"
	"  --root FILE     the file system in FILE as the root, instead of the baked one\n"
	"  --config FILE   a configuration document (doc/config.md), laid over the baked one\n"
	"  --allow-root    run a process even as root (proc)\n"
	"  --json          messages and results as JSON\n"
	"  -h, --help      this; --version the version\n";

static const struct option long_options[] = {
	{ "machine", required_argument, NULL, OPT_MACHINE },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "config", required_argument, NULL, OPT_CONFIG },
	{ "read-only", no_argument, NULL, OPT_READ_ONLY },
	{ "root", required_argument, NULL, OPT_ROOT },
	{ "allow-root", no_argument, NULL, OPT_ALLOW_ROOT },
	{ "sysproxy", required_argument, NULL, OPT_SYSPROXY },
	{ "sysproxy-key", required_argument, NULL, OPT_SYSPROXY_KEY },
	{ "sysproxy-read-only", no_argument, NULL, OPT_SYSPROXY_READ_ONLY },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ 0 },
};

/* The next part of a list with commas; NULL behind the last. */
static char *part(char **list)
{
	char *p = strsep(list, ",");

	return p && *p ? p : NULL;
}

static json_t *member(json_t *document, const char *key, json_t *fresh)
{
	json_t *value = json_object_get(document, key);

	if (value) {
		json_decref(fresh);
		return value;
	}
	json_object_set_new(document, key, fresh);
	return fresh;
}

static void append(json_t *document, const char *key, json_t *value)
{
	json_array_append_new(member(document, key, json_array()), value);
}

static void set_if(json_t *object, const char *key, const char *value)
{
	if (value && json_object_set_new(object, key, json_string(value)))
		quit(STATUS_USAGE, "%s is \"%s\", which is not UTF-8", key, value);
}

static void set_number(struct options *opt, const char *key, const char *text, char letter)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end)
		quit(STATUS_USAGE, "-%c %s: not a number", letter, text);
	json_object_set_new(opt->document, key, json_integer(n));
}

static void add_block(struct options *opt, char *arg)
{
	json_t *block = json_object();
	char *image = part(&arg);

	if (!image)
		quit(STATUS_USAGE, "-b needs the path of an image");
	set_if(block, "image", image);
	set_if(block, "mount", part(&arg));
	set_if(block, "fstype", part(&arg));
	append(opt->document, "blocks", block);
}

static void add_variable(struct options *opt, const char *arg)
{
	json_t *env = member(opt->document, "env", json_object());
	const char *value = strchr(arg, '=');
	char *name;

	if (!value || value == arg)
		quit(STATUS_USAGE, "-e %s: must be NAME=VALUE", arg);
	name = xasprintf("%.*s", (int)(value - arg), arg);
	set_if(env, name, value + 1);
	free(name);
}

/* rumprun of old called the virtio interface vioif. */
static const char *device_name(const char *device)
{
	return !strcmp(device, "vioif") ? "virtio" : device;
}

static void add_interface(struct options *opt, char *arg)
{
	json_t *net = json_object();
	char *tag = part(&arg), *device = part(&arg), *options = NULL;

	bool tap = device && !strncmp(device, "tap:", 4);

	if (!tag || (tap && (!device[4] || arg)))
		quit(STATUS_USAGE, "-I must be TAG[,IF[,BACKEND[,OPTIONS]]] or TAG,tap:NAME, as in "
				   "-I net0 or -I net0,virtio,tap,ifname=tap0");
	set_if(net, "tag", tag);
	if (tap) {
		options = xasprintf("ifname=%s", device + 4);
		set_if(net, "backend", "tap");
	} else {
		set_if(net, "device", device ? device_name(device) : NULL);
		set_if(net, "backend", part(&arg));
	}
	set_if(net, "options", options ? options : arg);
	append(opt->document, "interfaces", net);
	free(options);
}

static void add_address(struct options *opt, char *arg)
{
	static const char wrong[] =
		"-W must be TAG,inet,dhcp or TAG,inet,static,ADDR/BITS[,GATEWAY]"
		" or TAG,inet6,auto or TAG,inet6,static,ADDR/BITS[,GATEWAY] or TAG,inet,none";
	char *tag = part(&arg), *family = part(&arg), *method = part(&arg);
	bool six = family && !strcmp(family, "inet6");
	json_t *address = json_object();

	if (!tag || !family || !method || (!six && strcmp(family, "inet")))
		quit(STATUS_USAGE, "%s", wrong);
	set_if(address, "tag", tag);
	if (!strcmp(method, "static")) {
		method = part(&arg);
		if (!method)
			quit(STATUS_USAGE, "%s", wrong);
		set_if(address, six ? "gateway6" : "gateway", part(&arg));
	} else if (strcmp(method, six ? "auto" : "dhcp") && strcmp(method, "none")) {
		quit(STATUS_USAGE, "%s", wrong);
	}
	set_if(address, family, method);
	json_array_append_new(opt->addresses, address);
}

static json_t *sysproxy_member(struct options *opt)
{
	return member(opt->document, "sysproxy", json_object());
}

/* What is at the host's end of a console or vsock is QEMU's business, not the guest's. */
static void add_sysproxy(struct options *opt, const char *address)
{
	json_t *sysproxy = sysproxy_member(opt);
	char *end, *listen;
	long cid;

	if (!strncmp(address, "console:", 8)) {
		set_if(sysproxy, "console", address + 8);
		return;
	}
	if (!strncmp(address, "unix:", 5)) {
		set_if(sysproxy, "socket", address + 5);
		return;
	}
	if (!strncmp(address, "tcp:", 4)) {
		append(sysproxy, "listen", json_string(address));
		return;
	}
	if (strncmp(address, "vsock:", 6))
		quit(STATUS_USAGE,
		     "--sysproxy %s: must be tcp:PORT, unix:PATH, vsock:CID:PORT or console:PATH",
		     address);
	cid = strtol(address + 6, &end, 10);
	if (*end != ':')
		quit(STATUS_USAGE, "--sysproxy %s: must be vsock:CID:PORT", address);
	json_object_set_new(sysproxy, "cid", json_integer(cid));
	listen = xasprintf("vsock:%s", end + 1);
	append(sysproxy, "listen", json_string(listen));
	free(listen);
}

static void set_port(struct options *opt, const char *text)
{
	char *end;
	long port = strtol(text, &end, 10);

	if (*end || port < 1 || port > 65535)
		quit(STATUS_USAGE, "-D %s: not a port", text);
	opt->gdb_port = port;
}

/* Options that make a part of the configuration document. */
static bool document_option(struct options *opt, int c, char *arg)
{
	switch (c) {
	case 'b':
		add_block(opt, arg);
		return true;
	case 'e':
		add_variable(opt, arg);
		return true;
	case 'I':
		add_interface(opt, arg);
		return true;
	case 'W':
		add_address(opt, arg);
		return true;
	case 'P':
		append(opt->document, "ports", json_string(arg));
		return true;
	case 'M':
		set_number(opt, "memory", arg, c);
		return true;
	case 's':
		set_number(opt, "cpus", arg, c);
		return true;
	case 'N':
		set_if(opt->document, "hostname", arg);
		return true;
	case OPT_MACHINE:
		set_if(opt->document, "machine", arg);
		return true;
	case OPT_READ_ONLY:
		json_object_set_new(opt->document, "read_only", json_true());
		return true;
	case OPT_SYSPROXY:
		add_sysproxy(opt, arg);
		return true;
	case OPT_SYSPROXY_KEY:
		set_if(sysproxy_member(opt), "key", arg);
		return true;
	case OPT_SYSPROXY_READ_ONLY:
		json_object_set_new(sysproxy_member(opt), "read_only", json_true());
		return true;
	}
	return false;
}

static void launcher_option(struct options *opt, int c, char *arg)
{
	switch (c) {
	case 'i':
		opt->interactive = true;
		break;
	case 'd':
		opt->destroy = true;
		break;
	case 'p':
		opt->paused = true;
		break;
	case 'v':
		opt->verbose = true;
		break;
	case 'S':
		opt->sudo = true;
		break;
	case 'T':
		opt->tmpdir = arg;
		break;
	case 'D':
		set_port(opt, arg);
		break;
	case 'g':
		if (split_words(&opt->qemu_args, arg))
			quit(STATUS_USAGE, "-g %s: a quote is not closed", arg);
		break;
	case OPT_ROOT:
		opt->root = arg;
		break;
	case OPT_ALLOW_ROOT:
		opt->allow_root = true;
		break;
	case OPT_CONFIG:
		opt->config = arg;
		break;
	case OPT_JSON:
		report_json = true;
		break;
	case 'h':
		fputs(usage_text, stdout);
		exit(0);
	case OPT_VERSION:
		puts("rumprun " RUMPRUN_VERSION);
		exit(0);
	default:
		quit(STATUS_USAGE, "try rumprun --help");
	}
}

static void parse_some(int argc, char **argv, struct options *opt)
{
	char *arg;
	int c;

	/* What ps shows of us stays whole: parts are cut out of copies. */
	while ((c = getopt_long(argc, argv, "+ib:e:I:W:P:M:s:N:D:pdg:ST:vh", long_options, NULL)) >=
	       0) {
		arg = optarg ? xstrdup(optarg) : NULL;
		if (document_option(opt, c, arg))
			free(arg);
		else
			launcher_option(opt, c, arg);
	}
}

static bool take_platform(const char *word, struct options *opt)
{
	if (!strcmp(word, "qemu"))
		opt->platform = PLATFORM_QEMU;
	else if (!strcmp(word, "kvm"))
		opt->platform = PLATFORM_KVM;
	else if (!strcmp(word, "proc"))
		opt->platform = PLATFORM_PROC;
	else
		return false;
	return true;
}

void options_parse(int argc, char **argv, struct options *opt)
{
	*opt = (struct options){ .document = json_object(), .addresses = json_array() };
	parse_some(argc, argv, opt);
	if (optind < argc && take_platform(argv[optind], opt)) {
		optind++;
		parse_some(argc, argv, opt);
	}
	if (optind >= argc)
		quit(STATUS_USAGE, "no image is given\n%s", usage_text);
	opt->image = argv[optind++];
	if (optind < argc && !strcmp(argv[optind], "--"))
		optind++;
	if (opt->paused && !opt->gdb_port && !opt->qemu_args.n)
		quit(STATUS_USAGE, "-p needs -D PORT: somebody must let the guest go on");
	opt->program_args = argv + optind;
	opt->nprogram_args = argc - optind;
}
