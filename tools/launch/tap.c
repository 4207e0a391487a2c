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

enum { MAX_TAPS = 8 };

static char *made[MAX_TAPS];
static int nmade;

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
	const char *options = document_string(net, "options", "");
	const char *name = strstr(options, "ifname=");

	if (strcmp(document_string(net, "backend", ""), "tap") || !name)
		return NULL;
	name += strlen("ifname=");
	return xasprintf("%.*s", (int)strcspn(name, ","), name);
}

static void make(char *name)
{
	char *user = xasprintf("%u", (unsigned int)getuid());
	const char *add[] = { "tuntap", "add", "dev", name, "mode", "tap", "user", user, NULL };
	const char *up[] = { "link", "set", name, "up", NULL };

	if (sudo_ip(add) || sudo_ip(up))
		quit(STATUS_SYSTEM, "sudo could not make the tap interface %s", name);
	made[nmade++] = name;
	free(user);
}

void taps_remove(void)
{
	while (nmade > 0) {
		const char *words[] = {
			"tuntap", "del", "dev", made[--nmade], "mode", "tap", NULL
		};

		sudo_ip(words);
		free(made[nmade]);
	}
}

void taps_make(const json_t *doc)
{
	const json_t *net;
	size_t i;

	atexit(taps_remove);
	json_array_foreach (json_object_get(doc, "interfaces"), i, net) {
		char *name = tap_name(net);

		if (name && nmade < MAX_TAPS && !if_nametoindex(name))
			make(name);
		else
			free(name);
	}
}
