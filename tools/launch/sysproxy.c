// SPDX-License-Identifier: GPL-2.0
/* How remote system calls (doc/sysproxy.md) get into the guest. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "document.h"
#include "sysproxy.h"

#define VHOST_VSOCK "/dev/vhost-vsock"

static const json_t *wanted(const struct guest *guest)
{
	return json_object_get(guest->doc, "sysproxy");
}

static const char *console_path(const struct guest *guest)
{
	return document_string(wanted(guest), "console", NULL);
}

const char *sysproxy_socket(const struct guest *guest)
{
	return document_string(wanted(guest), "socket", NULL);
}

static void check_listen(const struct guest *guest, const char *address)
{
	if (!strncmp(address, "tcp:", 4) && !json_object_get(wanted(guest), "key"))
		quit(STATUS_USAGE,
		     "remote system calls over %s need a key: make one with head -c 32 "
		     "/dev/urandom > FILE, and give --sysproxy-key FILE",
		     address);
	if (!strncmp(address, "vsock:", 6) && !image_has(guest->image, "vsock"))
		quit(STATUS_USAGE, "%s has no vsock: bake it with -m 'add vsock'",
		     guest->image->path);
}

static void check_console(const struct guest *guest, const char *path)
{
	if (!image_has(guest->image, "virtio_console"))
		quit(STATUS_USAGE,
		     "%s has no virtio_console for the console %s: bake it with -m "
		     "'add virtio_console'",
		     guest->image->path, path);
	if (strchr(path, ','))
		quit(STATUS_USAGE, "%s: QEMU takes no path with a comma", path);
}

static void check_socket(const struct guest *guest, bool has_cid)
{
	if (has_cid)
		quit(STATUS_USAGE,
		     "--sysproxy: a guest has one vsock: unix:PATH or vsock:CID:PORT");
	if (!image_has(guest->image, "vsock"))
		quit(STATUS_USAGE,
		     "%s has no vsock, by which a Unix socket of the host leads into it: "
		     "bake it with -m 'add vsock'",
		     guest->image->path);
}

void sysproxy_check(const struct guest *guest)
{
	const json_t *address, *listen = json_object_get(wanted(guest), "listen");
	bool has_cid = json_object_get(wanted(guest), "cid");
	const char *console = console_path(guest);
	size_t i;

	if (!json_array_size(listen) && !console && !sysproxy_socket(guest))
		return;
	if (!image_has(guest->image, "sysproxy"))
		quit(STATUS_USAGE,
		     "%s has no server of remote system calls: bake it with -m 'add sysproxy'",
		     guest->image->path);
	if (image_is_process(guest->image) && (console || has_cid))
		quit(STATUS_USAGE,
		     "a process has neither console nor vsock for remote system calls: "
		     "use --sysproxy unix:PATH or tcp:PORT");
	if (has_cid && access(VHOST_VSOCK, R_OK | W_OK))
		quit(STATUS_SYSTEM,
		     VHOST_VSOCK ": %s; as root: modprobe vhost_vsock; or use --sysproxy "
				 "unix:PATH, which does without",
		     strerror(errno));
	if (sysproxy_socket(guest))
		check_socket(guest, has_cid);
	json_array_foreach (listen, i, address)
		check_listen(guest, json_string_value(address));
	if (console)
		check_console(guest, console);
}

const char *sysproxy_inside(const struct guest *guest, unsigned int n)
{
	static char vsock[32];

	if (console_path(guest) && !n--)
		return guest->port ? "console:/dev/vport0p2" : "console:/dev/vport0p1";
	if (!sysproxy_socket(guest) || n)
		return NULL;
	snprintf(vsock, sizeof(vsock), "vsock:%d", SYSPROXY_VSOCK_PORT);
	return vsock;
}

/* Behind the port that frames go over, or alone. */
static void add_console(const struct guest *guest, struct strv *args)
{
	strv_add(args, "-chardev");
	strv_addf(args, "socket,id=sysproxy,server=on,wait=off,path=%s", console_path(guest));
	if (!guest->port) {
		strv_add(args, "-device");
		strv_addf(args, "virtio-serial-%s,max_ports=2%s%s", bus_suffix(guest),
			  bus_options(guest), queue_options(guest));
	}
	strv_add(args, "-device");
	strv_addf(args, "virtserialport,nr=%d,name=rumprun.sysproxy,chardev=sysproxy",
		  guest->port ? 2 : 1);
}

/* The guest's memory is shared with the relay: see add_memory() in qemu.c. */
static void add_socket(const struct guest *guest, struct strv *args)
{
	int fd = vsock_relay_start(sysproxy_socket(guest), true);

	close_on_exec(fd, false);
	strv_add(args, "-chardev");
	strv_addf(args, "socket,id=vsock,fd=%d", fd);
	strv_add(args, "-device");
	strv_addf(args, "vhost-user-vsock-%s,chardev=vsock%s", bus_suffix(guest),
		  bus_options(guest));
}

void sysproxy_add(const struct guest *guest, struct strv *args)
{
	json_int_t cid = document_number(wanted(guest), "cid", 0);

	if (console_path(guest))
		add_console(guest, args);
	if (sysproxy_socket(guest))
		add_socket(guest, args);
	if (cid) {
		strv_add(args, "-device");
		strv_addf(args, "vhost-vsock-%s,guest-cid=%lld%s", bus_suffix(guest),
			  (long long)cid, bus_options(guest));
	}
}
