// SPDX-License-Identifier: GPL-2.0
/* Block devices and network interfaces, by the drivers that the image has. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "document.h"
#include "guest.h"

/* In an option's value QEMU wants a comma doubled. */
static char *double_commas(const char *text)
{
	char *out = xcalloc(2, strlen(text) + 1), *p = out;

	for (; *text; text++) {
		*p++ = *text;
		if (*text == ',')
			*p++ = ',';
	}
	*p = '\0';
	return out;
}

static void check_transport(const struct guest *guest, const char *what)
{
	const char *needed = strcmp(bus_suffix(guest), "pci") ? "virtio_mmio" : "virtio_pci";

	if (!image_has(guest->image, needed))
		quit(STATUS_USAGE,
		     "%s needs the component %s, which %s has not: bake with -m 'add %s'", what,
		     needed, guest->image->path, needed);
}

static void add_virtio_blk(struct strv *args, const struct guest *g, const char *id,
			   const char *serial)
{
	strv_addf(args, "virtio-blk-%s,drive=%s,serial=%s%s%s", bus_suffix(g), id, serial,
		  bus_options(g), queue_options(g));
}

/*
 * The last target that Linux asks. While it asks the others, a disk that it has found already has
 * its queue stopped and started for each: two grace periods of RCU, ten seconds in all.
 */
#define VIRTIO_SCSI_TARGET 255

static void add_virtio_scsi(struct strv *args, const struct guest *g, const char *id,
			    const char *serial)
{
	strv_addf(args, "virtio-scsi-%s,id=%s-bus%s%s", bus_suffix(g), id, bus_options(g),
		  queue_options(g));
	strv_add(args, "-device");
	strv_addf(args, "scsi-hd,bus=%s-bus.0,scsi-id=%d,drive=%s,serial=%s", id,
		  VIRTIO_SCSI_TARGET, id, serial);
}

static void add_nvme(struct strv *args, const struct guest *g, const char *id, const char *serial)
{
	(void)g;
	strv_addf(args, "nvme,drive=%s,serial=%s", id, serial);
}

static void add_ahci(struct strv *args, const struct guest *g, const char *id, const char *serial)
{
	(void)g;
	strv_addf(args, "ahci,id=%s-bus", id);
	strv_add(args, "-device");
	strv_addf(args, "ide-hd,bus=%s-bus.0,drive=%s,serial=%s", id, id, serial);
}

static void add_usb(struct strv *args, const struct guest *g, const char *id, const char *serial)
{
	(void)g;
	strv_addf(args, "qemu-xhci,id=%s-bus", id);
	strv_add(args, "-device");
	strv_addf(args, "usb-storage,bus=%s-bus.0,drive=%s,serial=%s", id, id, serial);
}

/* Named as the components that drive them, the quickest first. */
static const struct bus {
	const char *name;
	bool virtio;
	void (*add)(struct strv *args, const struct guest *guest, const char *id,
		    const char *serial);
} buses[] = {
	{ "virtio_blk", true, add_virtio_blk },
	{ "virtio_scsi", true, add_virtio_scsi },
	{ "nvme", false, add_nvme },
	{ "ahci", false, add_ahci },
	{ "usb_storage", false, add_usb },
};

/* The drive "id" is made; now the device that shows it to the guest, on the bus if one is named. */
static void add_disk_device(const struct guest *guest, struct strv *args, const char *id,
			    const char *serial, const char *image, const char *wanted)
{
	const struct bus *bus = buses, *end = buses + sizeof(buses) / sizeof(buses[0]);

	while (bus < end &&
	       (!image_has(guest->image, bus->name) || (wanted && strcmp(wanted, bus->name))))
		bus++;
	if (bus == end)
		quit(STATUS_USAGE,
		     "%s has no driver for the block device %s: bake with -m 'add %s'",
		     guest->image->path, image, wanted ? wanted : "virtio_blk");
	if (bus->virtio)
		check_transport(guest, image);
	strv_add(args, "-device");
	bus->add(args, guest, id, serial);
}

/* The root is a read-only part of the image's own file, or a file of its own. */
static void add_root(const struct guest *guest, struct strv *args)
{
	const struct image *image = guest->image;
	const char *file = guest->opt->root ? guest->opt->root : image->path;
	char *path = double_commas(file), *part;

	if (access(file, R_OK))
		quit(STATUS_NO_INPUT, "%s: %s", file, strerror(errno));
	part = guest->opt->root ? xstrdup("")
				: xasprintf("offset=%lld,size=%lld,", (long long)image->root_offset,
					    (long long)image->root_size);
	strv_add(args, "-drive");
	strv_addf(args,
		  "if=none,id=root,driver=raw,read-only=on,%s"
		  "file.driver=file,file.locking=off,file.filename=%s",
		  part, path);
	free(part);
	free(path);
	add_disk_device(guest, args, "root", "rumproot", file, NULL);
}

static void add_block(const struct guest *guest, struct strv *args, const json_t *block,
		      const char *id)
{
	const char *image = document_string(block, "image", NULL);
	bool read_only = document_flag(block, "read_only");
	char *path;

	/* A device that is there by other means, as by -g. */
	if (!image)
		return;
	if (access(image, read_only ? R_OK : R_OK | W_OK))
		quit(STATUS_NO_INPUT, "block device %s: %s%s", image, strerror(errno),
		     errno == ENOENT ? "" : " (\"read_only\" in a --config may help)");
	path = double_commas(image);
	strv_add(args, "-drive");
	strv_addf(args, "if=none,id=%s,format=raw,read-only=%s,file=%s", id,
		  read_only ? "on" : "off", path);
	free(path);
	add_disk_device(guest, args, id, document_string(block, "serial", id), image,
			document_string(block, "bus", NULL));
}

/* PORTS are led in by the first user network; "8080:80/udp" becomes udp::8080-:80. */
static char *forwards(const struct guest *guest, bool first)
{
	char *out = xasprintf("%s", ""), *old;
	const char *text, *guest_port;
	const json_t *port;
	size_t i;

	json_array_foreach (first ? json_object_get(guest->doc, "ports") : NULL, i, port) {
		text = json_string_value(port);
		guest_port = strchr(text, ':') + 1;
		old = out;
		out = xasprintf("%s,hostfwd=%s::%d-:%d", old, strstr(text, "/udp") ? "udp" : "tcp",
				atoi(text), atoi(guest_port));
		free(old);
	}
	return out;
}

/* Models are named as the components that drive them. */
static void check_driver(const struct guest *guest, const char *tag, const char *component)
{
	if (!image_has(guest->image, component))
		quit(STATUS_USAGE,
		     "%s has no driver for the interface %s: bake with -m 'add %s', and a "
		     "configuration that has a network, such as hw_virtio",
		     guest->image->path, tag, component);
}

static const char *interface_device(const struct guest *guest, const json_t *net)
{
	const struct image *image = guest->image;
	const char *device = document_string(net, "device", NULL);

	if (!device)
		device = image_has(image, "virtio_net") || !image_has(image, "e1000e") ? "virtio"
										       : "e1000e";
	check_driver(guest, document_string(net, "tag", ""),
		     strcmp(device, "virtio") ? device : "virtio_net");
	return device;
}

/* The host's end. */
static void add_backend(struct strv *args, const json_t *net, const char *id, const char *ports)
{
	const char *backend = document_string(net, "backend", "user");
	const char *options = document_string(net, "options", "");
	bool tap = !strcmp(backend, "tap");

	if (!strcmp(backend, "fd"))
		quit(STATUS_USAGE,
		     "interface %s: backend fd is for a process; a machine has user, tap and "
		     "socket",
		     document_string(net, "tag", ""));
	strv_add(args, "-netdev");
	strv_addf(args, "%s,id=%s%s%s%s%s", backend, id, *options ? "," : "", options,
		  tap && !strstr(options, "script=") ? ",script=no,downscript=no" : "", ports);
}

static void add_interface(const struct guest *guest, struct strv *args, const json_t *net,
			  const char *id, bool *user_seen)
{
	bool user = !strcmp(document_string(net, "backend", "user"), "user");
	const char *device = interface_device(guest, net);
	const char *mac = document_string(net, "mac", "");
	char *ports = forwards(guest, user && !*user_seen);

	*user_seen |= user;
	add_backend(args, net, id, ports);
	free(ports);
	strv_add(args, "-device");
	if (!strcmp(device, "e1000e")) {
		strv_addf(args, "e1000e,netdev=%s,mac=%s,romfile=", id, mac);
		return;
	}
	check_transport(guest, "the network");
	strv_addf(args, "virtio-net-%s,netdev=%s,mac=%s%s%s%s", bus_suffix(guest), id, mac,
		  bus_options(guest), queue_options(guest),
		  strcmp(bus_suffix(guest), "pci") ? "" : ",romfile=");
}

void devices_add(const struct guest *guest, struct strv *args)
{
	const json_t *member;
	bool user_seen = false;
	char id[32];
	size_t i;

	if (guest->image->root == ROOT_DRIVE)
		add_root(guest, args);
	json_array_foreach (json_object_get(guest->doc, "blocks"), i, member) {
		snprintf(id, sizeof(id), "block%zu", i);
		add_block(guest, args, member, id);
	}
	json_array_foreach (json_object_get(guest->doc, "interfaces"), i, member) {
		snprintf(id, sizeof(id), "net%zu", i);
		add_interface(guest, args, member, id, &user_seen);
	}
}
