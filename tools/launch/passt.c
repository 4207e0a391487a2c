// SPDX-License-Identifier: GPL-2.0
/*
 * User networking for a process: passt, of Debian, which turns Ethernet frames into
 * connections of its own. It ends when our side of its socket is closed.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "document.h"
#include "proc.h"

/* The guest's network is the one that QEMU makes up, so that an image is the same on both. */
#define ADDRESS	    "10.0.2.15"
#define BITS	    "24"
#define GATEWAY	    "10.0.2.2"
#define NAME_SERVER "10.0.2.3"

static const char *const network[] = { "--quiet",   "--address", ADDRESS,	  "--netmask", BITS,
				       "--gateway", GATEWAY,	 "--dns-forward", NAME_SERVER };

/*
 * passt sends its DHCP replies to the address that it offers, which Linux does not hear
 * before it has it: so the guest is told the address instead.
 */
void passt_configure(json_t *doc)
{
	json_t *net;
	size_t i;

	json_array_foreach (json_object_get(doc, "interfaces"), i, net) {
		bool dhcp = !strcmp(document_string(net, "inet", "dhcp"), "dhcp");

		if (strcmp(document_string(net, "backend", "user"), "user") || !dhcp)
			continue;
		json_object_set_new(net, "inet", json_string(ADDRESS "/" BITS));
		json_object_set_new(net, "gateway", json_string(GATEWAY));
		if (!json_object_get(doc, "nameservers"))
			json_object_set_new(doc, "nameservers", json_pack("[s]", NAME_SERVER));
	}
}

static void add_ports(const struct guest *guest, struct strv *args)
{
	const json_t *port;
	size_t i;

	json_array_foreach (json_object_get(guest->doc, "ports"), i, port) {
		const char *text = json_string_value(port);

		strv_add(args, strstr(text, "/udp") ? "--udp-ports" : "--tcp-ports");
		strv_addf(args, "%d:%d", atoi(text), atoi(strchr(text, ':') + 1));
	}
}

/* Whether a port can be opened: 0, or the error. */
static int port_error(const char *text, int family)
{
	int fd = socket(family, strstr(text, "/udp") ? SOCK_DGRAM : SOCK_STREAM, 0), on = 1;
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons(atoi(text)) };
	struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons(atoi(text)) };
	int err = 0;

	/* A host need not have both. */
	if (fd < 0)
		return 0;
	if (!strstr(text, "/udp"))
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
	if (family == AF_INET6 ? bind(fd, (struct sockaddr *)&six, sizeof(six))
			       : bind(fd, (struct sockaddr *)&four, sizeof(four)))
		err = errno;
	close(fd);
	return err == EADDRNOTAVAIL ? 0 : err;
}

/*
 * passt is content with one family of the two that it opens a port for, and says little about the
 * rest: so they are tried before. The passt of a guest that has just ended ends a moment later.
 */
static void try_port(const char *text, int family)
{
	int err = port_error(text, family);

	for (int i = 0; err == EADDRINUSE && i < LEAVING_TRIES; i++) {
		usleep(LEAVING_WAIT_US);
		err = port_error(text, family);
	}
	if (err)
		quit(STATUS_NO_QEMU, "-P %s: %s", text,
		     err == EADDRINUSE ? "the port is in use"
		     : err == EACCES   ? "only root may open a port below 1024"
				       : strerror(err));
}

static void try_ports(const struct guest *guest)
{
	const json_t *port;
	size_t i;

	json_array_foreach (json_object_get(guest->doc, "ports"), i, port) {
		try_port(json_string_value(port), AF_INET);
		try_port(json_string_value(port), AF_INET6);
	}
}

/*
 * passt goes into the background, where it says no more, once it has opened all: so the first
 * process's end is what to wait for. That exec() failed is written to report.
 */
static void become(int fd, int report, int text, struct strv *args)
{
	int null = open("/dev/null", O_RDWR);
	sigset_t none;

	setpgid(0, 0);
	dup2(null, 0);
	dup2(null, 1);
	dup2(text, 2);
	/* What the guest is given is not for passt: it may outlive the guest by a moment. */
	close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
	close_on_exec(fd, false);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execvp("passt", args->v);
	if (write(report, &errno, sizeof(errno)) < 0)
		_exit(STATUS_SYSTEM);
	_exit(STATUS_SYSTEM);
}

static void arguments(const struct guest *guest, int fd, bool with_ports, struct strv *args)
{
	strv_add(args, "passt");
	for (size_t i = 0; i < sizeof(network) / sizeof(*network); i++)
		strv_add(args, network[i]);
	strv_add(args, "--fd");
	strv_addf(args, "%d", fd);
	if (with_ports)
		add_ports(guest, args);
}

/* What it says when all is well, such as that there is no syslog, is of no use to anybody. */
static void await_passt(pid_t pid, int report, int text)
{
	char said[4096];
	int err, status;
	ssize_t n;

	if (read(report, &err, sizeof(err)) == sizeof(err))
		quit(STATUS_SYSTEM,
		     "cannot run passt, which makes the user network: %s; try: apt-get install "
		     "passt",
		     strerror(err));
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return;
	n = pread(text, said, sizeof(said), 0);
	while (n > 0 && said[n - 1] == '\n')
		n--;
	quit(STATUS_NO_QEMU, "passt could not make the user network: %.*s", (int)(n < 0 ? 0 : n),
	     said);
}

/*
 * passt throws away what finds no room, and repeats no SYN: of many clients that come at once some
 * would wait for ever. A host may allow less.
 */
static void make_room(int socket)
{
	static const int bytes = 4 << 20;

	if (setsockopt(socket, SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof(bytes)))
		setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes));
}

int passt_start(const struct guest *guest, bool with_ports)
{
	struct strv args = { 0 };
	int pair[2], report[2], text = memory_file("passt", "", 0);
	pid_t pid;

	if (with_ports)
		try_ports(guest);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) || pipe2(report, O_CLOEXEC))
		quit(STATUS_SYSTEM, "cannot make a socket: %s", strerror(errno));
	make_room(pair[1]);
	arguments(guest, pair[1], with_ports, &args);
	pid = fork();
	if (!pid)
		become(pair[1], report[1], text, &args);
	if (pid < 0)
		quit(STATUS_SYSTEM, "cannot start passt: %s", strerror(errno));
	close(pair[1]);
	close(report[1]);
	await_passt(pid, report[0], text);
	close(report[0]);
	close(text);
	strv_free(&args);
	return pair[0];
}
