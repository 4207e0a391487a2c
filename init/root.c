// SPDX-License-Identifier: GPL-2.0
/*
 * The root: a read-only EROFS, in memory or on a drive, with a folder of the
 * initramfs, which is a tmpfs, laid over it unless read-only; or, in an image
 * without a root, the initramfs itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init.h"

#define MEMORY_ROOT "/dev/rumproot"
#define LOWER	    "/rumprun/lower"
#define UPPER	    "/rumprun/upper"
#define WORK	    "/rumprun/work"
#define ROOT	    "/rumprun/root"

enum { DRIVE_PATIENCE_MS = 5000 };

/* The device that holds the root, or NULL when there is none. */
static const char *root_device(void)
{
	const char *where = conf.root ? conf.root : "";
	const char *drive = NULL;

	if (!strcmp(where, "none"))
		return NULL;
	if (strcmp(where, "drive") && !access(MEMORY_ROOT, F_OK))
		return MEMORY_ROOT;
	if (!strcmp(where, "memory"))
		fatal("the root in memory has no device " MEMORY_ROOT, NULL);
	drive = block_find("rumproot", *where ? DRIVE_PATIENCE_MS : 0);
	if (!drive && *where)
		fatal("no drive with the serial number \"rumproot\" holds the root: start the "
		      "image "
		      "with rumprun, or give it such a drive",
		      NULL);
	return drive;
}

/* What lies in memory is mapped where it lies, if device and kernel can. */
static void mount_lower(const char *device, const char *where)
{
	const char *fstype = NULL;

	if (strcmp(device, MEMORY_ROOT))
		fstype = fstype_of(device);
	else if (!mount(device, where, "erofs", MS_RDONLY, "dax=always"))
		return;
	if (mount(device, where, fstype ? fstype : "erofs", MS_RDONLY, NULL))
		fatal("cannot mount the root from ", device, ": ", error_name(errno), NULL);
}

/* Say whether the kernel has overlayfs; without it the root stays as it is. */
static int mount_overlay(void)
{
	mkdir(UPPER, 0755);
	mkdir(WORK, 0755);
	mkdir(ROOT, 0755);
	if (!mount("overlay", ROOT, "overlay", 0,
		   "lowerdir=" LOWER ",upperdir=" UPPER ",workdir=" WORK))
		return 1;
	if (errno != ENODEV)
		fatal("cannot lay a writable folder over the root: ", error_name(errno), NULL);
	return 0;
}

/* Every root that was baked has the folder; another one may not. */
static int mount_at(const char *where, const char *fstype, unsigned long flags)
{
	if (!mount(fstype, where, fstype, flags, NULL))
		return 0;
	return errno != ENOENT || mkdir(where, 0755) || mount(fstype, where, fstype, flags, NULL);
}

static void enter(const char *root, int sysfs_is_there)
{
	/* There is one devtmpfs: to mount it again takes less than to move it. */
	if (mount_at(join(root, "/dev", NULL), "devtmpfs", MS_NOSUID))
		fatal("the root has no folder /dev", NULL);
	if (sysfs_is_there)
		mount("/sys", join(root, "/sys", NULL), NULL, MS_MOVE, NULL);
	if (chdir(root) || mount(".", "/", NULL, MS_MOVE, NULL) || chroot("."))
		fatal("cannot change to the root: ", error_name(errno), NULL);
	chdir("/");
}

static void mount_usual(void)
{
	mount_at("/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC);
	/* Busy when it is there already. */
	mount_at("/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC);
	/* devtmpfs is a tmpfs: shared memory needs no more than a folder in it. */
	mkdir("/dev/shm", 0755);
	chmod("/dev/shm", 01777);
	if (!mkdir("/dev/pts", 0755))
		mount("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC,
		      "mode=620,ptmxmode=666");
	symlink("/proc/self/fd", "/dev/fd");
	symlink("/proc/self/fd/0", "/dev/stdin");
	symlink("/proc/self/fd/1", "/dev/stdout");
	symlink("/proc/self/fd/2", "/dev/stderr");
}

static void mount_tmpfs(const char *where, const char *options)
{
	mount("tmpfs", where, "tmpfs", MS_NOSUID | MS_NODEV, options);
}

/* Programs expect to write here; elsewhere a read-only root is read-only. */
static void mount_scratch(void)
{
	mount_tmpfs("/tmp", "mode=1777");
	mount_tmpfs("/run", "mode=755");
	mount_tmpfs("/var/tmp", "mode=1777");
}

static int is_empty(const char *folder)
{
	/* As getdents64(2) gives "." and "..", or any other name of at most four letters. */
	enum { ENTRY = 24 };
	char entries[300];
	int fd = open(folder, O_RDONLY | O_DIRECTORY);
	/* One more would be there, too: overlayfs gives as many at once as there is room for. */
	long size = syscall(SYS_getdents64, fd, entries, sizeof(entries));

	close(fd);
	return size >= 0 && size <= 2 * ENTRY;
}

void root_mount(void)
{
	const char *device;
	int writable = 1;

	if (mount_at("/dev", "devtmpfs", MS_NOSUID) && errno != EBUSY)
		fatal("cannot mount /dev: ", error_name(errno), NULL);
	device = root_device();
	if (device) {
		mkdir("/rumprun", 0755);
		mkdir(LOWER, 0755);
		mount_lower(device, LOWER);
		writable = !conf.read_only && mount_overlay();
		/* It is when a device had to be looked for. */
		enter(writable ? ROOT : LOWER, strcmp(device, MEMORY_ROOT));
	} else {
		/* A tmpfs begins as a folder for all. */
		chmod("/", 0755);
		mkdir("/tmp", 0755);
		chmod("/tmp", 01777);
		mkdir("/run", 0755);
		writable = !conf.read_only;
	}
	mount_usual();
	if (!writable)
		mount_scratch();
	else if (device && is_empty("/tmp"))
		/* A file there should not cost the way through two file systems. */
		mount_tmpfs("/tmp", "mode=1777");
	if (!device && !writable && mount(NULL, "/", NULL, MS_REMOUNT | MS_RDONLY, NULL))
		fatal("cannot make the root read-only: ", error_name(errno), NULL);
}
