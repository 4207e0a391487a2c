// SPDX-License-Identifier: GPL-2.0
/*
 * Writes to a file in all the ways that a program can ask to be on the medium, and says a word on
 * the terminal when each has come back. What is written begins with a word, too.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE  4096
#define PAGES 8

static void need(int good, const char *what)
{
	if (good)
		return;
	perror(what);
	exit(1);
}

/*
 * A system call that fails, for strace to see: behind a nop the rump kernel does not know how to
 * make it a function call, so that the host traps it each time.
 */
static void say(const char *word)
{
	long result;

	asm volatile("nop\n\tsyscall"
		     : "=a"(result)
		     : "a"(SYS_write), "D"(-1L), "S"(word), "d"(strlen(word))
		     : "rcx", "r11", "memory");
	need(result == -EBADF, "write to -1");
}

static void put(int fd, int page, const char *word)
{
	char block[PAGE] = { 0 };

	strcpy(block, word);
	need(pwrite(fd, block, PAGE, page * PAGE) == PAGE, "pwrite");
}

static char *map(int fd)
{
	char *p = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	need(p != MAP_FAILED, "mmap");
	return p;
}

int main(int argc, char **argv)
{
	int fd = open(argc > 1 ? argv[1] : "", O_CREAT | O_RDWR, 0600), synchronous;
	char *p;

	need(fd >= 0 && !ftruncate(fd, PAGES * PAGE) && !fsync(fd), "the file");
	put(fd, 0, "PLAIN-0");
	say("plain");
	need(!fsync(fd), "fsync");
	say("fsync");
	put(fd, 1, "DATA-1");
	need(!fdatasync(fd), "fdatasync");
	say("fdatasync");
	synchronous = open(argv[1], O_RDWR | O_DSYNC);
	put(synchronous, 2, "DSYNC-2");
	say("o_dsync");

	p = map(fd);
	strcpy(p + 3 * PAGE, "MSYNC-3");
	need(!msync(p, PAGES * PAGE, MS_SYNC), "msync");
	say("msync");
	strcpy(p + 4 * PAGE, "MUNMAP-4");
	need(!munmap(p, PAGES * PAGE) && !fsync(fd), "munmap");
	say("munmap");
	p = map(fd);
	strcpy(p + 5 * PAGE, "EXIT-5");
	say("exit");
	return 0;
}
