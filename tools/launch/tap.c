// SPDX-License-Identifier: GPL-2.0
/* Tap interfaces, made and removed with sudo. */
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "document.h"
#include "launch.h"
#include "tap.h"

static struct strv made;

static int sudo_ip(const char *const *words)
{
	struct strv args = { 0 };
	int status = -1;
	pid_t pid;

	strv_add(&args, "sudo");
	strv_add(&args, "ip");
	for (; *words; words++)
		strv_add(&args, *words);
	pid = fork();
	if (!pid) {
		execvp("sudo", args.v);
		_exit(STATUS_SYSTEM);
	}
	if (pid > 0)
		waitpid(pid, &status, 0);
	return status ? -1 : 0;
}

/* The value of ifname= in QEMU's options of a tap backend. */
static char *tap_name(const json_t *net)
{
	if (strcmp(document_string(net, "backend", ""), "tap"))
		return NULL;
	return list_value(document_string(net, "options", ""), "ifname");
}

static void make(const char *name)
{
	char *user = xasprintf("%u", (unsigned int)getuid());
	const char *add[] = { "tuntap", "add", "dev", name, "mode", "tap", "user", user, NULL };
	const char *up[] = { "link", "set", name, "up", NULL };

	if (sudo_ip(add) || sudo_ip(up))
		quit(STATUS_SYSTEM, "sudo could not make the tap interface %s", name);
	strv_add(&made, name);
	free(user);
}

void taps_remove(void)
{
	for (size_t i = 0; i < made.n; i++) {
		const char *words[] = { "tuntap", "del", "dev", made.v[i], "mode", "tap", NULL };

		sudo_ip(words);
	}
	strv_free(&made);
}

void taps_make(const json_t *doc)
{
	const json_t *net;
	size_t i;

	atexit(taps_remove);
	json_array_foreach (json_object_get(doc, "interfaces"), i, net) {
		char *name = tap_name(net);

		if (name && !if_nametoindex(name))
			make(name);
		free(name);
	}
}
