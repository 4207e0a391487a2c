// SPDX-License-Identifier: GPL-2.0
/* rumprun: run an image as a guest. doc/man/rumprun.1 describes it. */
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "background.h"
#include "document.h"
#include "session.h"

/* Whether the guest is a process, which its image says. */
static bool choose_proc(const struct options *opt, const struct image *image)
{
	bool proc = image_is_process(image);

	if (proc && opt->platform != PLATFORM_AUTO && opt->platform != PLATFORM_PROC)
		quit(STATUS_USAGE, "%s is a process, not a machine: run it with rumprun proc",
		     opt->image);
	if (!proc && opt->platform == PLATFORM_PROC)
		quit(STATUS_USAGE,
		     "%s is an image for a machine: bake it with the configuration proc",
		     opt->image);
	return proc;
}

static bool choose_kvm(const struct options *opt)
{
	const char *reason;

	if (opt->platform != PLATFORM_AUTO)
		return opt->platform == PLATFORM_KVM;
	if (accel_kvm_works(&reason)) {
		if (opt->verbose)
			say("accelerator: KVM");
		return true;
	}
	if (opt->verbose)
		say("accelerator: none (TCG): %s", reason);
	return false;
}

/* A line to copy, so it stands alone. */
static void say_gdb(const struct options *opt)
{
	char *image = realpath(opt->image, NULL);
	char *line = xasprintf("gdb -cd '%s.debug' -x gdb -ex 'target remote localhost:%d'",
			       image ?: opt->image, opt->gdb_port);

	if (opt->gdb_port && report_json)
		say("%s", line);
	else if (opt->gdb_port)
		fprintf(stderr, "%s\n", line);
	free(image);
	free(line);
}

static int foreground_run(struct guest *guest)
{
	struct session session = { .guest = guest, .caller = -1 };
	int status;

	session_signals(&session);
	guest_start(guest);
	status = session_run(&session);
	if (report_json) {
		fprintf(stderr, "{\"exit\":%d,\"platform\":\"%s\"}\n", status,
			guest_platform(guest));
	}
	return status;
}

/* Our own descriptors must not land where a caller has closed one of these. */
static void fill_standard_descriptors(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDWR);
	} while (fd >= 0 && fd < 2);
	if (fd > 2)
		close(fd);
}

int main(int argc, char **argv)
{
	struct options opt;
	struct image image;
	struct guest guest;

	prog_name = "rumprun";
	fill_standard_descriptors();
	options_parse(argc, argv, &opt);
	image_open(opt.image, &image);
	if (opt.root)
		image.root = ROOT_DRIVE;
	guest = (struct guest){ .opt = &opt, .image = &image };
	guest.doc = document_make(&opt, &image);
	guest.proc = choose_proc(&opt, &image);
	if (guest.proc)
		passt_configure(guest.doc);
	guest.kvm = !guest.proc && choose_kvm(&opt);
	guest.terminal = opt.interactive && isatty(0) && isatty(1);
	guest.port = image_has(&image, "virtio_console");
	say_gdb(&opt);
	return opt.interactive ? foreground_run(&guest) : background_run(&guest);
}
