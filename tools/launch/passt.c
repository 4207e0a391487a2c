// SPDX-License-Identifier: GPL-2.0
/*
 * User networking for a process: passt, of Debian, which turns Ethernet frames into
 * connections of its own. It ends when our side of its socket is closed.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "document.h"
#include "proc.h"

/* The guest's network is the one that QEMU makes up, so that an image is the same on both. */
#define ADDRESS	    "10.0.2.15"
#define BITS	    "24"
#define GATEWAY	    "10.0.2.2"
#define NAME_SERVER "10.0.2.3"

static const char *const network[] = { "--quiet",	"--foreground", "--address", ADDRESS,
				       "--netmask",	BITS,		"--gateway", GATEWAY,
				       "--dns-forward", NAME_SERVER };

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

/* What went wrong is written to report, which is closed if nothing did. */
static void become(int fd, int report, struct strv *args)
{
	int null = open("/dev/null", O_RDWR);
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setpgid(0, 0);
	dup2(null, 0);
	dup2(null, 1);
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

int passt_start(const struct guest *guest, bool with_ports)
{
	struct strv args = { 0 };
	int pair[2], report[2], err;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) || pipe2(report, O_CLOEXEC))
		quit(STATUS_SYSTEM, "cannot make a socket: %s", strerror(errno));
	strv_add(&args, "passt");
	for (size_t i = 0; i < sizeof(network) / sizeof(*network); i++)
		strv_add(&args, network[i]);
	strv_add(&args, "--fd");
	strv_addf(&args, "%d", pair[1]);
	if (with_ports)
		add_ports(guest, &args);
	pid = fork();
	if (!pid)
		become(pair[1], report[1], &args);
	if (pid < 0)
		quit(STATUS_SYSTEM, "cannot start passt: %s", strerror(errno));
	close(pair[1]);
	close(report[1]);
	if (read(report[0], &err, sizeof(err)) == sizeof(err))
		quit(STATUS_SYSTEM,
		     "cannot run passt, which makes the user network: %s; try: apt-get install "
		     "passt",
		     strerror(err));
	close(report[0]);
	strv_free(&args);
	return pair[0];
}
