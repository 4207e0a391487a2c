// SPDX-License-Identifier: GPL-2.0
#include "ctrl.h"
#include "session.h"
#include "version.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOCAL_MOST = 64, OPT_VERSION = 256 };

static const char *local_paths[LOCAL_MOST + 1];

struct options options = { .local = local_paths };
struct link server;

static const char *key_file;
static pid_t child;

void fail(int status, const char *format, ...)
{
	va_list ap;

	if (child > 0)
		kill(child, SIGKILL);
	fputs("rumpctrl: ", stderr);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(status);
}

static _Noreturn void usage(FILE *to, int status)
{
	fputs("usage: rumpctrl [options] ADDRESS [PROGRAM [ARGUMENT...]]\n"
	      "Run a program of this host, and have a unikernel execute its system calls. Without "
	      "a\n"
	      "PROGRAM: a shell, from which every program that is started is run that way.\n"
	      "\n"
	      "ADDRESS is tcp:HOST:PORT, unix:PATH, vsock:CID:PORT or console:PATH.\n"
	      "  -k, --key FILE        the key that the unikernel was started with; tcp needs one\n"
	      "  -p, --path PREFIX     only paths below PREFIX are the unikernel's, such as /rump\n"
	      "  -s, --socket WHICH    which sockets are: all (the default), inet, none\n"
	      "  -l, --local GLOB      paths that stay the host's; may be given several times\n"
	      "  -h, --help            this text\n"
	      "      --version         the version\n"
	      "\n"
	      "The exit status is the program's, or 128+N if signal N ended it; 64 for wrong "
	      "usage,\n"
	      "66 for a key that is missing, unusable or not the unikernel's, 69 if the unikernel\n"
	      "cannot be reached, or not any more, 71 if the host lacks what is needed.\n",
	      to);
	exit(status);
}

static void set_socket(const char *which)
{
	if (!strcmp(which, "all"))
		options.socket = SOCKET_ALL;
	else if (!strcmp(which, "inet"))
		options.socket = SOCKET_INET;
	else if (!strcmp(which, "none"))
		options.socket = SOCKET_NONE;
	else
		fail(EXIT_USAGE, "--socket %s: must be all, inet or none", which);
}

static void add_local(const char *pattern)
{
	static int n;

	if (n == LOCAL_MOST)
		fail(EXIT_USAGE, "more than %d times --local", LOCAL_MOST);
	local_paths[n++] = pattern;
}

static void set_prefix(char *prefix)
{
	size_t n = strlen(prefix);

	while (n > 1 && prefix[n - 1] == '/')
		prefix[--n] = '\0';
	if (*prefix != '/' || n == 1)
		fail(EXIT_USAGE, "--path %s: must be an absolute path other than /", prefix);
	options.prefix = prefix;
}

static void parse_options(int argc, char **argv)
{
	static const struct option list[] = {
		{ "key", required_argument, NULL, 'k' },
		{ "path", required_argument, NULL, 'p' },
		{ "socket", required_argument, NULL, 's' },
		{ "local", required_argument, NULL, 'l' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, OPT_VERSION },
		{ 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "+k:p:s:l:h", list, NULL)) >= 0) {
		if (c == 'k')
			key_file = optarg;
		else if (c == 'p')
			set_prefix(optarg);
		else if (c == 's')
			set_socket(optarg);
		else if (c == 'l')
			add_local(optarg);
		else if (c == OPT_VERSION)
			exit(puts("rumpctrl " RUMPRUN_VERSION) < 0);
		else
			usage(c == 'h' ? stdout : stderr, c == 'h' ? 0 : EXIT_USAGE);
	}
}

/* Options may stand on either side of the address; what is behind the program is the program's. */
static const char *parse(int argc, char **argv)
{
	const char *address;

	parse_options(argc, argv);
	if (optind == argc)
		usage(stderr, EXIT_USAGE);
	address = argv[optind++];
	parse_options(argc, argv);
	return address;
}

static void open_server(const char *address)
{
	static const int statuses[] = {
		[SESSION_BAD_ADDRESS] = EXIT_USAGE,
		[SESSION_BAD_KEY] = EXIT_KEY,
		[SESSION_UNREACHABLE] = EXIT_LOST,
	};
	enum session_failure failed;
	struct key key;
	char why[WHY_SIZE];

	if (key_file && key_read(key_file, &key, why))
		fail(EXIT_KEY, "%s", why);
	failed = session_open(&server, address, key_file ? &key : NULL, why);
	if (failed)
		fail(statuses[failed], "%s", why);
}

/* In the child, which is traced by now. */
static _Noreturn void become(char **argv, int go)
{
	char byte;

	if (read(go, &byte, 1) != 1)
		_exit(EXIT_SYSTEM);
	close(go);
	if (filter_install()) {
		fprintf(stderr, "rumpctrl: this host's kernel takes no seccomp filter: %s\n",
			strerror(errno));
		_exit(EXIT_SYSTEM);
	}
	execvp(*argv, argv);
	fprintf(stderr, "rumpctrl: %s: %s\n", *argv, strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

static void start(char **argv)
{
	const long wanted = PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACESECCOMP |
			    PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
			    PTRACE_O_TRACEEXEC;
	int go[2];

	if (pipe(go))
		fail(EXIT_SYSTEM, "cannot make a pipe: %s", strerror(errno));
	child = fork();
	if (child < 0)
		fail(EXIT_SYSTEM, "cannot make a process: %s", strerror(errno));
	if (!child) {
		close(go[1]);
		become(argv, go[0]);
	}
	close(go[0]);
	if (ptrace(PTRACE_SEIZE, child, 0, wanted))
		fail(EXIT_SYSTEM, "cannot trace a program here: %s", strerror(errno));
	if (write(go[1], "", 1) != 1)
		fail(EXIT_SYSTEM, "%s", strerror(errno));
	close(go[1]);
}

/* Where a terminal is, one that edits lines; else any that reads commands. */
static char **shell(void)
{
	static char *const interactive[] = { "/bin/bash", "--norc", "--noprofile", "-i", NULL };
	static char *const plain[] = { "/bin/sh", NULL };

	setenv("PS1", "rumpctrl \\w> ", 1);
	return (char **)(isatty(0) && !access(*interactive, X_OK) ? interactive : plain);
}

int main(int argc, char **argv)
{
	const char *address = parse(argc, argv);
	bool host;

	signal(SIGPIPE, SIG_IGN);
	open_server(address);
	signal(SIGPIPE, SIG_DFL);
	host = optind == argc;
	/* The folder to begin with is another one. */
	if (!options.prefix)
		unsetenv("PWD");
	start(host ? shell() : argv + optind);
	return trace(child, host);
}
