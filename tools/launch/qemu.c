// SPDX-License-Identifier: GPL-2.0
/*
 * QEMU's arguments: no device that nobody asked for, and the firmware that
 * reaches the kernel soonest (qboot: 36 ms on q35, where SeaBIOS takes 80).
 */
#include <string.h>

#include "document.h"
#include "guest.h"
#include "sysproxy.h"

static bool is_microvm(const struct guest *guest)
{
	return !strcmp(document_string(guest->doc, "machine", "q35"), "microvm");
}

/* What virtio devices are called depends on the bus that they are on. */
const char *bus_suffix(const struct guest *guest)
{
	return is_microvm(guest) ? "device" : "pci";
}

/* The drivers need no more than virtio 1. */
const char *bus_options(const struct guest *guest)
{
	return is_microvm(guest) ? "" : ",disable-legacy=on";
}

/*
 * With KVM a driver's notification becomes an event for another thread and the CPU goes on. TCG
 * is in QEMU's own code anyhow: the event would only send it through one more poll().
 */
const char *queue_options(const struct guest *guest)
{
	return is_microvm(guest) || guest->kvm ? "" : ",ioeventfd=off";
}

/* With less than this beside the image no kernel gets as far as to say so. */
enum { MEMORY_LEAST = 1 << 20 };

static void check_memory(const struct guest *guest, long long megabytes)
{
	long long least = (guest->image->load_end + MEMORY_LEAST + (1 << 20) - 1) >> 20;

	if (megabytes < least)
		quit(STATUS_USAGE, "%lld MB of memory are too little for %s: give at least -M %lld",
		     megabytes, guest->image->path, least);
}

/*
 * The guest's memory is taken from the host as it is touched: nothing is reserved for it, so that
 * a guest may be larger than the host's memory. A device that is not QEMU's needs it shared.
 */
static void add_memory(const struct guest *guest, struct strv *args)
{
	long long megabytes = document_number(guest->doc, "memory", 64);

	check_memory(guest, megabytes);
	strv_add(args, "-m");
	strv_addf(args, "%lldM", megabytes);
	strv_add(args, "-object");
	strv_addf(args, "memory-backend-%s,id=ram,size=%lldM,reserve=off",
		  sysproxy_socket(guest) ? "memfd,share=on" : "ram", megabytes);
	strv_add(args, "-machine");
	strv_add(args, "memory-backend=ram");
}

static void add_machine(const struct guest *guest, struct strv *args)
{
	strv_add(args, "-machine");
	if (is_microvm(guest)) {
		strv_add(args, "microvm,acpi=off,isa-serial=off,rtc=on");
		/* The transport of virtio 1; the older one is all that QEMU offers by default. */
		strv_add(args, "-global");
		strv_add(args, "virtio-mmio.force-legacy=false");
	} else {
		strv_add(args, "q35,smm=off,sata=off,smbus=off,usb=off,hpet=off,vmport=off");
	}
	strv_add(args, "-bios");
	strv_add(args, "qboot.rom");
}

/* A device that another process is, ours or the user's: the guest's memory is all they share. */
static bool has_vhost_user(const struct guest *guest)
{
	for (size_t i = 0; i < guest->opt->qemu_args.n; i++)
		if (strstr(guest->opt->qemu_args.v[i], "vhost-user"))
			return true;
	return sysproxy_socket(guest);
}

/*
 * Where there can never be a second CPU, TCG leaves out the guest's memory barriers (QEMU before
 * 8.1). A driver and a device in another process need them: each writes, then reads what the other
 * wrote. So there is room for a CPU more, which never comes.
 */
static void add_cpus(const struct guest *guest, struct strv *args)
{
	long long cpus = document_number(guest->doc, "cpus", 1);

	strv_add(args, "-smp");
	strv_addf(args, "%lld%s", cpus,
		  cpus == 1 && !guest->kvm && has_vhost_user(guest) ? ",maxcpus=2" : "");
}

static void add_processor(const struct guest *guest, struct strv *args)
{
	strv_add(args, "-accel");
	strv_addf(args, guest->kvm ? "kvm" : "tcg");
	strv_add(args, "-cpu");
	strv_addf(args, guest->kvm ? "host" : "max");
	add_cpus(guest, args);
	add_memory(guest, args);
}

static void add_kernel(const struct guest *guest, struct strv *args)
{
	strv_add(args, "-kernel");
	strv_add(args, guest->image->path);
	strv_add(args, "-initrd");
	strv_addf(args, "/proc/self/fd/%d", guest->initrd);
	strv_add(args, "-append");
	strv_addf(args, "%s panic=-1 rump.control=0x2f8,3%s %s",
		  guest->opt->verbose ? "loglevel=7" : "quiet",
		  guest->opt->gdb_port ? " norandmaps" : "",
		  document_string(guest->doc, "kernel_args", ""));
}

static void add_chardev(const struct guest *guest, struct strv *args, enum channel channel,
			const char *name)
{
	strv_add(args, "-chardev");
	strv_addf(args, "socket,id=%s,fd=%d", name, guest->remote[channel]);
}

static void add_channels(const struct guest *guest, struct strv *args)
{
	add_chardev(guest, args, CHAN_KLOG, "klog");
	strv_add(args, "-device");
	strv_add(args, "isa-debugcon,iobase=0xe9,chardev=klog");
	add_chardev(guest, args, CHAN_CONSOLE, "console");
	strv_add(args, "-device");
	strv_add(args, "isa-serial,index=0,chardev=console");
	add_chardev(guest, args, CHAN_CONTROL, "control");
	strv_add(args, "-device");
	strv_add(args, "isa-serial,index=1,chardev=control");
	if (!guest->port)
		return;
	add_chardev(guest, args, CHAN_FRAMES, "frames");
	strv_add(args, "-device");
	strv_addf(args, "virtio-serial-%s,max_ports=3%s%s", bus_suffix(guest), bus_options(guest),
		  queue_options(guest));
	strv_add(args, "-device");
	strv_add(args, "virtserialport,nr=1,name=rumprun.frames,chardev=frames");
}

static void add_gdb(const struct guest *guest, struct strv *args)
{
	if (guest->opt->gdb_port) {
		strv_add(args, "-gdb");
		strv_addf(args, "tcp:127.0.0.1:%d", guest->opt->gdb_port);
	}
	if (guest->opt->paused)
		strv_add(args, "-S");
}

void qemu_arguments(const struct guest *guest, struct strv *args)
{
	static const char *const usual[] = { "-nodefaults", "-no-user-config", "-no-reboot",
					     "-display", "none" };

	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		strv_add(args, usual[i]);
	add_machine(guest, args);
	add_processor(guest, args);
	add_kernel(guest, args);
	add_channels(guest, args);
	devices_add(guest, args);
	sysproxy_add(guest, args);
	add_gdb(guest, args);
	for (size_t i = 0; i < guest->opt->qemu_args.n; i++)
		strv_add(args, guest->opt->qemu_args.v[i]);
}
