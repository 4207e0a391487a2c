// SPDX-License-Identifier: GPL-2.0
/*
 * Platform proc: the image is an executable of the host. It gets one argument, the
 * kernel's command line, which names the descriptors that it inherits.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "document.h"
#include "guest.h"
#include "proc.h"

bool image_is_process(const struct image *image)
{
	return !strcmp(document_string(image->info, "platform", ""), "proc");
}

static void check(const struct guest *guest)
{
	if (document_number(guest->doc, "cpus", 1) != 1)
		quit(STATUS_USAGE, "-s: a process has one CPU");
	if (json_object_get(guest->opt->document, "machine"))
		quit(STATUS_USAGE, "--machine is for QEMU, which does not run a process");
	if (!geteuid() && !guest->opt->allow_root)
		quit(STATUS_USAGE, "a process is not run as root, where its sandbox is worth less: "
				   "be a user of no rights, or give --allow-root");
	if (guest->opt->qemu_args.n)
		quit(STATUS_USAGE, "-g is for QEMU, which does not run a process");
}

/* It stops the process at its first instruction, and waits for gdb. */
static void add_gdbserver(const struct guest *guest, struct strv *args)
{
	strv_add(args, "gdbserver");
	strv_add(args, "--once");
	strv_addf(args, "127.0.0.1:%d", guest->opt->gdb_port);
}

/* The kernel's command line. */
static char *command_line(const struct guest *guest)
{
	struct strv words = { 0 };
	char *line;

	strv_add(&words, guest->opt->verbose ? "loglevel=7" : "quiet");
	strv_addf(&words, "rump.memory=%lld", (long long)document_number(guest->doc, "memory", 64));
	strv_addf(&words, "rump.log=%d", guest->remote[CHAN_KLOG]);
	strv_addf(&words, "rump.console=%d", guest->remote[CHAN_CONSOLE]);
	strv_addf(&words, "rump.control=%d", guest->remote[CHAN_CONTROL]);
	strv_addf(&words, "rump.initrd=%d", guest->initrd);
	strv_addf(&words, "rump.allow_root=%d", guest->opt->allow_root);
	if (guest->opt->gdb_port)
		strv_add(&words, "norandmaps");
	proc_blocks(guest, &words);
	proc_interfaces(guest, &words);
	strv_add(&words, document_string(guest->doc, "kernel_args", ""));
	line = strv_join(&words, " ");
	strv_free(&words);
	return line;
}

void proc_arguments(const struct guest *guest, struct strv *args)
{
	char *path = realpath(guest->image->path, NULL), *line;

	check(guest);
	if (!path)
		quit(STATUS_NO_INPUT, "%s: %s", guest->image->path, strerror(errno));
	if (access(path, X_OK))
		quit(STATUS_NO_QEMU, "cannot run %s: %s; try: chmod +x %s", path, strerror(errno),
		     path);
	if (guest->opt->gdb_port)
		add_gdbserver(guest, args);
	line = command_line(guest);
	strv_add(args, path);
	strv_add(args, "--rump");
	strv_add(args, line);
	free(line);
	free(path);
}
