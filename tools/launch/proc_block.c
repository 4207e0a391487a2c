// SPDX-License-Identifier: GPL-2.0
/* Block devices of a process: files and devices of the host. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <linux/fs.h>
#include <unistd.h>

#include "document.h"
#include "proc.h"

static int nblocks;

static long long size_of(int fd, const char *path)
{
	unsigned long long bytes;
	struct stat st;

	if (fstat(fd, &st))
		quit(STATUS_NO_INPUT, "%s: %s", path, strerror(errno));
	if (S_ISREG(st.st_mode))
		return st.st_size;
	if (!S_ISBLK(st.st_mode) || ioctl(fd, BLKGETSIZE64, &bytes))
		quit(STATUS_NO_INPUT, "%s is neither a file nor a block device", path);
	return bytes;
}

/* Like QEMU: who writes is alone with it. */
static int open_image(const char *path, bool read_only)
{
	int fd = open(path, (read_only ? O_RDONLY : O_RDWR) | O_CLOEXEC);

	if (fd < 0)
		quit(STATUS_NO_INPUT, "block device %s: %s%s", path, strerror(errno),
		     errno == ENOENT ? "" : " (\"read_only\" in a --config may help)");
	if (!read_only && flock(fd, LOCK_EX | LOCK_NB))
		quit(STATUS_NO_INPUT, "block device %s: another guest has it", path);
	close_on_exec(fd, false);
	return fd;
}

static void add_word(struct strv *words, int fd, long long offset, long long size, bool read_only,
		     const char *serial)
{
	strv_addf(words, "rump.block%02d=%d,%lld,%lld,%d,%s", nblocks++, fd, offset, size,
		  read_only, serial);
}

static void add_root(const struct guest *guest, struct strv *words)
{
	const char *path = guest->opt->root ? guest->opt->root : guest->image->path;
	int fd = open_image(path, true);

	if (guest->opt->root)
		add_word(words, fd, 0, size_of(fd, path), true, "rumproot");
	else
		add_word(words, fd, guest->image->root_offset, guest->image->root_size, true,
			 "rumproot");
}

void proc_blocks(const struct guest *guest, struct strv *words)
{
	const json_t *block;
	size_t i;

	if (guest->image->root == ROOT_DRIVE)
		add_root(guest, words);
	json_array_foreach (json_object_get(guest->doc, "blocks"), i, block) {
		const char *path = document_string(block, "image", NULL);
		bool read_only = document_flag(block, "read_only");
		int fd;

		if (!path)
			continue;
		fd = open_image(path, read_only);
		add_word(words, fd, 0, size_of(fd, path), read_only,
			 document_string(block, "serial", ""));
	}
}
