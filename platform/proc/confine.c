// SPDX-License-Identifier: GPL-2.0
/*
 * What the process gives up before it runs anything: descriptors, namespaces,
 * privileges. See doc/security.md.
 */
#include "proc.h"

enum {
	NR_UNSHARE = 272,
	NR_MOUNT = 165,
	NR_CHDIR = 80,
	NR_CHROOT = 161,
	NR_CAPSET = 126,
	NR_CLOSE_RANGE = 436
};
enum { CLONE_NEWNS = 0x20000, CLONE_NEWUSER = 0x10000000 };
enum {
	PR_SET_PDEATHSIG = 1,
	PR_GET_PDEATHSIG = 2,
	PR_SET_DUMPABLE = 4,
	PR_SET_SECUREBITS = 28,
	PR_SET_TIMERSLACK = 29
};
enum { AT_FDCWD = -100, O_WRONLY = 1, O_CLOEXEC = 02000000 };
enum { AT_EUID = 12, AT_EGID = 14, CAPABILITY_VERSION_3 = 0x20080522 };
/*
 * Whoever becomes user 0, or runs its programs, has no capability by that; none is kept over a
 * change of user, none goes over an execve. All of it for good (man 7 capabilities).
 */
#define SECUREBITS_ALL 0xef

#define KEEP_MOST      (BLOCKS_MAX + NETS_MAX + 8)

static int kept[KEEP_MOST];
static unsigned int nkept;
static bool files_left;

/* Sorted, each once. */
void host_keep(int fd)
{
	unsigned int at = 0;

	if (fd < 0 || nkept == KEEP_MOST)
		return;
	while (at < nkept && kept[at] < fd)
		at++;
	if (at < nkept && kept[at] == fd)
		return;
	for (unsigned int i = nkept++; i > at; i--)
		kept[i] = kept[i - 1];
	kept[at] = fd;
}

static void close_others(void)
{
	unsigned int from = 0;

	for (unsigned int i = 0; i < nkept; i++) {
		if ((unsigned int)kept[i] > from)
			HOST(NR_CLOSE_RANGE, from, kept[i] - 1, 0, 0);
		from = kept[i] + 1;
	}
	HOST(NR_CLOSE_RANGE, from, ~0u, 0, 0);
}

static void write_file(const char *path, const char *text, size_t length)
{
	long fd = HOST(NR_OPENAT, AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);

	HOST(NR_WRITE, fd, text, length, 0);
	HOST(NR_CLOSE, fd, 0, 0, 0);
}

/* "ID ID 1": the one that it is outside, and no other (man 7 user_namespaces) */
static void map_id(const char *path, uint64_t id)
{
	char text[64], *end = text + sizeof(text), *p = end;

	*--p = '1';
	for (int i = 0; i < 2; i++) {
		uint64_t left = id;

		*--p = ' ';
		do {
			*--p = '0' + left % 10;
			left /= 10;
		} while (left);
	}
	write_file(path, p, end - p);
}

/* Whoever has no name in the namespace may not make files there. */
static void keep_ids(void)
{
	map_id("/proc/self/uid_map", host_auxv(AT_EUID));
	write_file("/proc/self/setgroups", "deny", 4);
	map_id("/proc/self/gid_map", host_auxv(AT_EGID));
}

/* Files that are not limited in size, of large pages where the host has them. */
static bool mount_memory(const char *where)
{
	const char *with = "size=0,huge=always", *without = "size=0";

	return !host_call(NR_MOUNT, (long)"none", (long)where, (long)"tmpfs", 0, (long)with, 0) ||
	       !host_call(NR_MOUNT, (long)"none", (long)where, (long)"tmpfs", 0, (long)without, 0);
}

/*
 * An empty file system instead of the host's. Taking the host's away as well (umount) would
 * wait for all processors of the host, a millisecond or more, and no call is left that could
 * look for it. What the host unmounts itself goes here, too: a namespace of another user namespace
 * has its mounts as slaves (man 7 mount_namespaces).
 */
static bool leave_files(void)
{
	return mount_memory("/proc") && !HOST(NR_CHDIR, "/proc", 0, 0, 0) &&
	       !HOST(NR_CHROOT, ".", 0, 0, 0);
}

/* Not every host lets everybody have namespaces; what it refuses is done without. */
static void leave_namespaces(void)
{
	int parent_ends = 0;

	HOST(NR_PRCTL, PR_GET_PDEATHSIG, &parent_ends, 0, 0);
	if (!HOST(NR_UNSHARE, CLONE_NEWUSER | CLONE_NEWNS, 0, 0, 0)) {
		host_helper_prepare();
		keep_ids();
		files_left = leave_files();
	}
	/* New credentials have cleared both. */
	HOST(NR_PRCTL, PR_SET_PDEATHSIG, parent_ends, 0, 0);
	HOST(NR_PRCTL, PR_SET_DUMPABLE, 1, 0, 0);
}

static void drop_capabilities(void)
{
	struct {
		uint32_t version;
		int pid;
	} header = { CAPABILITY_VERSION_3, 0 };
	uint32_t none[6] = { 0 };

	/* The bounding set, which would take forty calls, then bounds nothing that can be had. */
	HOST(NR_PRCTL, PR_SET_SECUREBITS, SECUREBITS_ALL, 0, 0);
	if (HOST(NR_CAPSET, &header, none, 0, 0))
		host_fail("capset failed");
}

void host_confine_begin(void)
{
	if (!host_auxv(AT_EUID) && !host_option("rump.allow_root", 0))
		host_fail("not as root: run it as a user of no rights, or give --allow-root");
	/* Timers to the microsecond, not to the host's usual 50. */
	HOST(NR_PRCTL, PR_SET_TIMERSLACK, 1, 0, 0);
	close_others();
	leave_namespaces();
}

void host_confine_end(void)
{
	host_helper_join();
	drop_capabilities();
}

bool host_has_own_files(void)
{
	return files_left;
}
