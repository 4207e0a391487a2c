// SPDX-License-Identifier: GPL-2.0
/* The two file systems of an image: the root, an EROFS; and the initial RAM disk with init. */
#include "bake.h"
#include "config.h"
#include "cpio.h"
#include "child.h"
#include "file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

/* Above this, memory is better used for other things than a copy of the root. */
#define MEMORY_ROOT_MOST (16 << 20)
/* Up to this, unpacking costs less than what reads in place: its code, and its own start. */
#define RAM_ROOT_MOST (256 << 10)
/* Of a process the root is a part of the file that is mapped, and costs no memory. */
#define PROCESS_ROOT_MOST (192 << 20)

/*
 * Files keep their times, which web servers and others look at. What was made for the image, such
 * as folders, gets that of the newest file, so that the same files make the same image.
 */
static void set_epoch(struct bake *b)
{
	char *epoch = xasprintf("%lld", (long long)tree_newest(b->root));

	setenv("SOURCE_DATE_EPOCH", epoch, 1);
	free(epoch);
}

static void make_erofs(struct bake *b)
{
	char *out = xasprintf("%s/root.erofs", b->work), *log = xasprintf("%s/mkfs.log", b->work);
	/* Plain layout, so that a root in memory is mapped, not copied. */
	char *argv[] = { "mkfs.erofs", "--all-root",
			 "-x-1",       "-Enoinline_data",
			 "-U",	       "00000000-0000-0000-0000-000000000000",
			 "--quiet",    out,
			 b->root,      NULL };
	int status;

	set_epoch(b);
	status = run_status(argv, log);
	if (status == 127)
		die("mkfs.erofs is not installed: apt-get install erofs-utils");
	if (status)
		die("mkfs.erofs failed:\n%s", read_file(log, NULL));
	b->root_size = file_size(out);
	free(out);
	free(log);
}

/* Those that the launcher can show the drive through. */
static bool has_disk_driver(const struct bake *b)
{
	static const char *const drivers[] = { "virtio_blk", "virtio_scsi", "nvme", "ahci",
					       "usb_storage" };

	for (size_t i = 0; i < sizeof(drivers) / sizeof(*drivers); i++)
		if (strv_has(&b->selection.components, drivers[i]))
			return true;
	return bakes_process(b); /* its base has one */
}

static enum root_in choose_place(const struct bake *b)
{
	unsigned long long most = bakes_process(b) ? PROCESS_ROOT_MOST : MEMORY_ROOT_MOST;

	return b->root_size <= most || !has_disk_driver(b) ? ROOT_MEMORY : ROOT_DRIVE;
}

/* What reading a root in place takes, for a configuration without it. */
static void add_erofs(struct bake *b)
{
	strv_add(&b->opt.extra, "add erofs");
	if (!b->opt.read_only && !conf_removes(&b->conf, "overlay"))
		strv_add(&b->opt.extra, "add overlay");
	conf_resolve(&b->set, b->conf.name, &b->opt.extra, &b->conf);
	select_components(&b->conf, &b->selection);
}

/* Without EROFS, files can only be unpacked into memory. */
static enum root_in choose_root_in(struct bake *b)
{
	if (b->opt.root_in == ROOT_RAM || strv_has(&b->selection.components, "erofs"))
		return b->opt.root_in;
	if (b->opt.root_in == ROOT_AUTO &&
	    (tree_bytes(b->root) <= RAM_ROOT_MOST || conf_removes(&b->conf, "erofs")))
		return ROOT_RAM;
	add_erofs(b);
	return b->opt.root_in;
}

void make_root(struct bake *b)
{
	b->root_in = choose_root_in(b);
	if (b->root_in == ROOT_RAM) {
		b->root_size = tree_bytes(b->root);
		return;
	}
	if (b->root_in == ROOT_DRIVE && !has_disk_driver(b))
		die_usage(
			"--root-in drive: %s has no driver for one: -m 'add virtio_pci virtio_blk'",
			b->conf.name);
	progress("making the root file system");
	make_erofs(b);
	if (b->root_in == ROOT_AUTO)
		b->root_in = choose_place(b);
}

const char *root_place(const struct bake *b)
{
	static const char *const names[] = {
		[ROOT_MEMORY] = "memory",
		[ROOT_DRIVE] = "drive",
		[ROOT_RAM] = "none",
	};

	return names[b->root_in];
}

static void add_init(struct cpio *c)
{
	char *path = kit_path("init");
	size_t size;
	char *data;

	if (!exists(path))
		die("%s does not exist: run make", path);
	data = read_file(path, &size);
	cpio_entry(c, "init", S_IFREG | 0755, 0, data, size);
	free(data);
	free(path);
}

/* The configuration that init finds when the launcher gives none. */
static void add_default_document(struct bake *b, struct cpio *c)
{
	struct config_blob blob = { 0 };
	struct config_error error;

	if (config_compile(b->document, &blob, &error))
		die("%s", error.text);
	config_record(&blob, "root", root_place(b));
	cpio_entry(c, "rumprun", S_IFDIR | 0755, 0, NULL, 0);
	cpio_entry(c, "rumprun/default.conf", S_IFREG | 0644, 0, blob.data, blob.size);
	config_blob_free(&blob);
}

void make_initramfs(struct bake *b)
{
	char *path = xasprintf("%s/initramfs", b->work);
	struct cpio c = { .f = fopen(path, "we") };

	if (!c.f)
		die_errno("%s", path);
	if (b->root_in == ROOT_RAM)
		cpio_tree(&c, b->root, "");
	cpio_entry(&c, "dev", S_IFDIR | 0755, 0, NULL, 0);
	cpio_entry(&c, "dev/console", S_IFCHR | 0600, makedev(5, 1), NULL, 0);
	add_init(&c);
	add_default_document(b, &c);
	cpio_end(&c);
	if (ferror(c.f) || fclose(c.f))
		die_errno("%s", path);
	free(path);
}
