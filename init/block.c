// SPDX-License-Identifier: GPL-2.0
/* Block devices: found by the serial number the launcher gave them, mounted where it says. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init.h"

/* Controllers other than virtio find their disks in their own time. */
enum { PATIENCE_MS = 5000, RETRY_MS = 5 };

static void need_sysfs(void)
{
	mkdir("/sys", 0755);
	if (mount("sysfs", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) &&
	    errno != EBUSY)
		fatal("cannot mount /sys: ", error_name(errno), NULL);
}

/* virtio says "serial", nvme "device/serial", SCSI and ATA have the page 0x80, USB its own. */
static int has_serial(const char *disk, const char *serial)
{
	static const char *const places[] = { "/serial", "/device/serial", "/device/vpd_pg80",
					      "/device/../../../../serial" };
	char path[300], text[256];
	ssize_t n;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		char *start = text;

		strcpy(stpcpy(stpcpy(path, "/sys/block/"), disk), places[i]);
		n = read_file(path, text, sizeof(text));
		if (n < 0)
			continue;
		/* A page has a header of four bytes; nvme and SCSI fill up with blanks. */
		if (i == 2 && n > 4)
			start += 4;
		while (n > 0 && text[n - 1] == ' ')
			text[--n] = '\0';
		start += strspn(start, " ");
		if (!strcmp(start, serial))
			return 1;
	}
	return 0;
}

/* As getdents64(2) gives it; opendir() would bring all of malloc(). */
struct entry {
	uint64_t inode;
	int64_t next;
	unsigned short size;
	unsigned char type;
	char name[];
};

static const char *look(const char *serial)
{
	static char names[4096] __attribute__((aligned(8)));
	int fd = open("/sys/block", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const char *found = NULL;
	long n;

	while (!found && (n = syscall(SYS_getdents64, fd, names, sizeof(names))) > 0) {
		const struct entry *e;

		for (long at = 0; at < n && !found; at += e->size) {
			e = (const struct entry *)(names + at);
			if (e->name[0] != '.' && has_serial(e->name, serial))
				found = join("/dev/", e->name, NULL);
		}
	}
	close(fd);
	return found;
}

const char *block_find(const char *serial, int patience_ms)
{
	long end = now_ms() + patience_ms;
	const char *found;

	need_sysfs();
	while (!(found = look(serial)) && now_ms() < end)
		wait_or_stop(-1, RETRY_MS);
	return found;
}

static void make_folders(const char *path)
{
	char part[512];

	for (size_t i = 0; path[i] && i < sizeof(part) - 1; i++) {
		if (path[i] == '/' && i) {
			part[i] = '\0';
			mkdir(part, 0755);
		}
		part[i] = path[i];
	}
	mkdir(path, 0755);
}

static const char *device_of(const struct block *b, const char *name)
{
	const char *device = b->device;

	if (!device)
		device = block_find(b->serial, PATIENCE_MS);
	if (!device)
		fatal("no block device for ", name,
		      " was found: does the image have a driver for it (virtio_blk)?", NULL);
	if (access(device, F_OK))
		fatal("there is no block device ", device, NULL);
	return device;
}

/* The types that a disk can hold: in /proc/filesystems nothing stands in front of them. */
static const char *disk_filesystems(void)
{
	static char text[2048];
	const char *names = "";

	if (read_file("/proc/filesystems", text, sizeof(text)) < 0)
		return names;
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		if (line[0] == '\t')
			names = join(names, *names ? ", " : "", line + 1, NULL);
	return names;
}

static _Noreturn void no_driver(const char *name, const char *fstype)
{
	const char *others;

	if (fstype_known(fstype))
		fatal(name, ": this image has no driver for ", fstype, ": bake it with -m 'add ",
		      fstype, "'", NULL);
	others = disk_filesystems();
	fatal(name, ": this image has no file system ", fstype, " (it has ",
	      *others ? others : "none for disks", "): 'rumprun-bake list' tells what there is",
	      NULL);
}

static void block_mount(const struct block *b)
{
	unsigned long flags = b->read_only ? MS_RDONLY : 0;
	const char *name = b->image ? b->image : b->device ? b->device : b->serial;
	const char *device, *fstype = b->fstype;

	/* Without a place to mount it at, the program wants the bare device. */
	if (!b->mount)
		return;
	device = device_of(b, name);
	if (!fstype)
		fstype = fstype_of(device);
	if (!fstype)
		fatal(name, ": no known file system on it to mount at ", b->mount, NULL);
	make_folders(b->mount);
	if (!mount(device, b->mount, fstype, flags, b->options))
		return;
	/* A file system that cannot be written says so in one of these ways: iso9660 by EACCES. */
	if ((errno == EACCES || errno == EROFS) &&
	    !mount(device, b->mount, fstype, flags | MS_RDONLY, b->options))
		return;
	if (errno == ENODEV)
		no_driver(name, fstype);
	fatal("cannot mount ", name, " as ", fstype, " at ", b->mount, ": ", error_name(errno),
	      NULL);
}

void blocks_mount(void)
{
	for (int i = 0; i < conf.nblocks; i++)
		block_mount(&conf.blocks[i]);
}

/* At the end: everything written is on the devices, and the file systems are clean. */
void blocks_settle(void)
{
	chdir("/");
	for (int i = conf.nblocks; i-- > 0;) {
		const char *where = conf.blocks[i].mount;

		if (where && umount(where))
			mount(NULL, where, NULL, MS_REMOUNT | MS_RDONLY, NULL);
	}
	if (conf.nblocks)
		sync();
}
