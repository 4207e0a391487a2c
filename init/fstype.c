// SPDX-License-Identifier: GPL-2.0
/* Which file system a device holds, by the marks that file systems leave on it. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "init.h"

static const struct {
	const char *fstype;
	off_t offset;
	const char *mark;
	size_t size;
} marks[] = {
	{ "xfs", 0, "XFSB", 4 },
	{ "squashfs", 0, "hsqs", 4 },
	{ "erofs", 1024, "\xe2\xe1\xf5\xe0", 4 },
	{ "btrfs", 0x10040, "_BHRfS_M", 8 },
	{ "iso9660", 0x8001, "CD001", 5 },
	{ "f2fs", 1024, "\x10\x20\xf5\xf2", 4 },
	{ "vfat", 54, "FAT", 3 },
	{ "vfat", 82, "FAT", 3 },
	{ "exfat", 3, "EXFAT   ", 8 },
	{ "ntfs3", 3, "NTFS    ", 8 },
};

/* One driver serves ext2, ext3 and ext4. */
static int is_ext(int fd)
{
	char mark[2];

	return pread(fd, mark, 2, 0x438) == 2 && !memcmp(mark, "\x53\xef", 2);
}

const char *fstype_of(const char *device)
{
	int fd = open(device, O_RDONLY | O_CLOEXEC);
	const char *found = NULL;
	char mark[8];

	if (fd < 0)
		return NULL;
	if (is_ext(fd))
		found = "ext4";
	for (size_t i = 0; !found && i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (pread(fd, mark, marks[i].size, marks[i].offset) == (ssize_t)marks[i].size &&
		    !memcmp(mark, marks[i].mark, marks[i].size))
			found = marks[i].fstype;
	}
	close(fd);
	return found;
}

int fstype_known(const char *fstype)
{
	int known = !strcmp(fstype, "ext4");

	for (size_t i = 0; !known && i < sizeof(marks) / sizeof(marks[0]); i++)
		known = !strcmp(fstype, marks[i].fstype);
	return known;
}
