/* SPDX-License-Identifier: GPL-2.0 */
/* One guest: what it is made of, and the channels to it. */
#ifndef RUMPRUN_GUEST_H
#define RUMPRUN_GUEST_H

#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

#include "image.h"
#include "launch.h"
#include "options.h"

/* See doc/config.md, "Channels". */
enum channel { CHAN_KLOG, CHAN_CONSOLE, CHAN_CONTROL, CHAN_FRAMES, CHAN_QEMU, CHAN_COUNT };

struct guest {
	const struct options *opt;
	const struct image *image;
	json_t *doc;
	bool kvm;
	/* A process of the host instead of a machine. */
	bool proc;
	/* The program has the console as its terminal, and that is the launcher's. */
	bool terminal;
	/* Frames go over a virtio-console port; else over the console's serial line. */
	bool port;

	pid_t qemu;
	/* Our ends of the channels, and QEMU's. CHAN_QEMU is what QEMU says on stderr. */
	int fd[CHAN_COUNT];
	int remote[CHAN_COUNT];
	/* launch.conf for the guest, as a cpio archive without a name. */
	int initrd;
};

/* start.c: what the platform is called. */
const char *guest_platform(const struct guest *guest);

/* qemu.c: the argument list. */
void qemu_arguments(const struct guest *guest, struct strv *args);

/* proc.c: the same for platform proc. */
void proc_arguments(const struct guest *guest, struct strv *args);
bool image_is_process(const struct image *image);
/* passt.c: what its network is like, where the document leaves it to DHCP. */
void passt_configure(json_t *doc);

/* devices.c: the parts of it that the configuration asks for. */
void devices_add(const struct guest *guest, struct strv *args);
const char *bus_suffix(const struct guest *guest);
const char *bus_options(const struct guest *guest);
/* Of devices whose queues QEMU itself serves. */
const char *queue_options(const struct guest *guest);

/* start.c: make the channels and the process. */
void guest_start(struct guest *guest);

/* backlog.c: let more than one client at a time wait at a port; QEMU must have opened them. */
void ports_widen(const struct guest *guest);

/* accel.c: whether KVM works here. Why not, if it does not, is put into reason. */
bool accel_kvm_works(const char **reason);

#endif
