// SPDX-License-Identifier: GPL-2.0
/* fork and copy on write, shared mappings, protection, huge pages, many areas. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include "check.h"

#define PAGE 4096UL
#define HUGE (2UL << 20)

static char *anonymous(size_t size, int flags)
{
	return mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | flags, -1, 0);
}

static int exit_status(pid_t pid)
{
	int status = -1;

	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void copy_on_write(void)
{
	char *p = anonymous(64 * PAGE, MAP_PRIVATE);
	int intact = 1;
	pid_t pid;

	for (int i = 0; i < 64; i++)
		p[i * PAGE] = i;
	pid = fork();
	if (!pid) {
		for (int i = 0; i < 64; i++) {
			if (p[i * PAGE] != i)
				_exit(1);
			p[i * PAGE] = -1;
		}
		_exit(7);
	}
	check("child sees and changes its copy", exit_status(pid) == 7, "child failed");
	for (int i = 0; i < 64; i++)
		intact &= p[i * PAGE] == i;
	check("parent's copy is intact", intact, "changed");
	munmap(p, 64 * PAGE);
}

static void many_forks(void)
{
	char *p = anonymous(16 * PAGE, MAP_PRIVATE);
	int bad = 0;

	for (int i = 0; i < 100; i++) {
		pid_t pid = fork();

		memset(p, i, 16 * PAGE);
		if (!pid)
			_exit(p[5 * PAGE] == (char)i ? 3 : 4);
		bad += exit_status(pid) != 3;
	}
	check("100 forks", !bad, "%d failed", bad);
}

enum { TURNS = 20, TURN_PAGES = 300 };

/* Returns how many pages are not as this program left them. */
static int take_turns(char *p, char mine, int in, int out)
{
	char byte, is = 1;
	int bad = 0;

	for (int turn = 0; turn < TURNS && read(in, &byte, 1) == 1; turn++) {
		for (int i = 0; i < TURN_PAGES; i++)
			bad += p[i * PAGE] != is;
		is = mine + turn % 2;
		for (int i = 0; i < TURN_PAGES; i++) {
			if (i % 3 == turn % 3)
				mmap(p + i * PAGE, PAGE, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
			p[i * PAGE] = is;
		}
		bad += write(out, &byte, 1) != 1;
	}
	return bad;
}

/* Two programs at the same addresses: neither sees what the other maps and writes there. */
static void two_programs(void)
{
	char *p = anonymous(TURN_PAGES * PAGE, MAP_PRIVATE);
	int there[2], back[2], bad;
	pid_t pid;

	for (int i = 0; i < TURN_PAGES; i++)
		p[i * PAGE] = 1;
	check("pipes", !pipe(there) && !pipe(back) && write(back[1], "", 1) == 1, "%m");
	pid = fork();
	if (!pid)
		_exit(take_turns(p, 10, there[0], back[1]) ? 1 : 0);
	bad = take_turns(p, 20, back[0], there[1]);
	check("parent's memory, in turns with the child", !bad, "%d pages", bad);
	check("child's memory, in turns with the parent", !exit_status(pid), "changed");
	munmap(p, TURN_PAGES * PAGE);
}

static int open_disk_file(void)
{
	return open("/data/shared", O_RDWR | O_CREAT | O_TRUNC, 0600);
}

/* A file's mappings and what read() and write() see are one. */
static void shared(int fd)
{
	char *a, *b, byte = 0;
	pid_t pid;

	check("a file to share", !ftruncate(fd, 4 * PAGE), "%m");
	a = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	b = mmap(NULL, 4 * PAGE, PROT_READ, MAP_SHARED, fd, 0);
	a[PAGE + 1] = 11;
	check("two mappings agree", b[PAGE + 1] == 11, "%d", b[PAGE + 1]);
	check("read sees the mapping", pread(fd, &byte, 1, PAGE + 1) == 1 && byte == 11, "%d",
	      byte);
	byte = 12;
	check("the mapping sees write", pwrite(fd, &byte, 1, 2 * PAGE) == 1 && a[2 * PAGE] == 12,
	      "%d", a[2 * PAGE]);
	pid = fork();
	if (!pid) {
		a[3 * PAGE] = 13;
		_exit(0);
	}
	exit_status(pid);
	check("shared with a child", b[3 * PAGE] == 13, "%d", b[3 * PAGE]);
	check("msync", !msync(a, 4 * PAGE, MS_SYNC), "%m");
	munmap(a, 4 * PAGE);
	munmap(b, 4 * PAGE);
	close(fd);
}

/* What a mapping wrote is in the file when nobody has it in memory any more. */
static void written_back(void)
{
	int fd = open("/data/shared", O_RDONLY);
	char bytes[3] = { 0 };

	posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	for (int i = 0; i < 3; i++)
		check("written back",
		      pread(fd, bytes + i, 1, (i + 1) * PAGE + !i) == 1 && bytes[i] == 11 + i, "%d",
		      bytes[i]);
	close(fd);
}

static void remap(void)
{
	char *p = anonymous(8 * PAGE, MAP_PRIVATE), *q;

	strcpy(p + 7 * PAGE, "here");
	q = mremap(p, 8 * PAGE, 4096 * PAGE, MREMAP_MAYMOVE);
	check("mremap", q != MAP_FAILED && !strcmp(q + 7 * PAGE, "here"), "%m");
	check("grown part is zero", q[4000 * PAGE] == 0, "%d", q[4000 * PAGE]);
	madvise(q, 8 * PAGE, MADV_DONTNEED);
	check("MADV_DONTNEED zeroes", q[7 * PAGE] == 0, "%d", q[7 * PAGE]);
	munmap(q, 4096 * PAGE);
}

static long smaps(const char *field, const void *addr)
{
	FILE *f = fopen("/proc/self/smaps", "r");
	unsigned long start = 0, end = 0, from, to, a = (unsigned long)addr;
	char line[256], name[64];
	long kb, found = -1;

	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%lx-%lx ", &from, &to) == 2) {
			start = from;
			end = to;
			continue;
		}
		if (a >= start && a < end && sscanf(line, "%63[^:]: %ld", name, &kb) == 2 &&
		    !strcmp(name, field))
			found = kb;
	}
	if (f)
		fclose(f);
	return found;
}

/* Linux turns them off by itself below 512 MiB. */
static int allow_huge_pages(void)
{
	int fd, good;

	if (mount("sysfs", "/sys", "sysfs", 0, NULL) && errno != EBUSY)
		return 0;
	fd = open("/sys/kernel/mm/transparent_hugepage/enabled", O_WRONLY);
	good = fd >= 0 && write(fd, "madvise", 7) == 7;
	close(fd);
	return good;
}

static void huge_pages(void)
{
	char *raw = anonymous(4 * HUGE, MAP_PRIVATE);
	char *p = (char *)(((unsigned long)raw + HUGE - 1) & ~(HUGE - 1));
	int good = 1;
	pid_t pid;

	check("huge pages allowed", allow_huge_pages(), "%m");
	check("MADV_HUGEPAGE", !madvise(p, 2 * HUGE, MADV_HUGEPAGE), "%m");
	memset(p, 5, 2 * HUGE);
	check("huge pages used", smaps("AnonHugePages", p) == 4096, "%ld KiB",
	      smaps("AnonHugePages", p));
	pid = fork();
	if (!pid) {
		memset(p, 6, HUGE);
		_exit(p[HUGE] == 5 ? 9 : 1);
	}
	check("child's copy of a huge page", exit_status(pid) == 9, "child failed");
	check("parent's huge page intact", p[0] == 5 && p[HUGE - 1] == 5, "%d", p[0]);
	mprotect(p + PAGE, PAGE, PROT_READ); /* splits it */
	munmap(p + 3 * PAGE, PAGE);
	p[2 * PAGE] = 7;
	for (unsigned long i = 4 * PAGE; i < HUGE; i += PAGE)
		good &= p[i] == 5;
	check("split huge page keeps its contents", good && p[PAGE] == 5 && p[2 * PAGE] == 7,
	      "lost");
	munmap(raw, 4 * HUGE);
}

/* Unmapping and protecting must reach the TLB: a stale entry would show old contents. */
static void stale(void)
{
	char *p = anonymous(64 * PAGE, MAP_PRIVATE), *q;
	int bad = 0;

	for (int round = 0; round < 200; round++) {
		unsigned long size = (1 + round % 64) * PAGE;

		memset(p, 1 + round % 100, 64 * PAGE);
		munmap(p, size);
		q = mmap(p, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED,
			 -1, 0);
		for (unsigned long i = 0; i < size; i += PAGE)
			bad += q[i] != 0;
	}
	check("no stale translations", !bad, "%d pages", bad);
}

/* A program in the root: it is mapped where it lies, or from the page cache. */
static void in_place(void)
{
	int fd = open("/proc/self/exe", O_RDONLY);
	size_t size = lseek(fd, 0, SEEK_END), pages = (size + PAGE - 1) / PAGE;
	char *p = mmap(NULL, pages * PAGE, PROT_READ, MAP_PRIVATE, fd, 0), page[PAGE];
	struct rusage before, after;
	size_t wrong = 0;

	getrusage(RUSAGE_SELF, &before);
	for (size_t i = 0; i < pages; i++) {
		memset(page, 0, sizeof(page)); /* behind the file's end, too */
		if (pread(fd, page, PAGE, i * PAGE) < 0)
			wrong++;
		wrong += memcmp(page, p + i * PAGE, PAGE) != 0;
	}
	getrusage(RUSAGE_SELF, &after);
	check("a file in place is what is read", pages > 64 && !wrong, "%zu of %zu pages", wrong,
	      pages);
	check("pages come with their neighbours",
	      after.ru_minflt - before.ru_minflt < (long)pages / 8, "%ld faults, %zu pages",
	      after.ru_minflt - before.ru_minflt, pages);
	munmap(p, pages * PAGE);
	close(fd);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	copy_on_write();
	many_forks();
	two_programs();
	shared(memfd_create("shared", 0));
	shared(open_disk_file());
	written_back();
	remap();
	huge_pages();
	stale();
	in_place();
	return check_done();
}
