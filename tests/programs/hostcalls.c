// SPDX-License-Identifier: GPL-2.0
/*
 * What a program in a process of platform proc can ask of the host: every system call number, from
 * its own text and by a jump to the kernel's, whose address the test takes from the image's
 * debugging information. Prints the numbers that the host does not refuse.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

enum { CALLS = 512, X32 = 0x40000000 };

/* Would end or hang the process; the filter's list says that they are let through. */
static int is_final(long nr)
{
	return nr == SYS_exit_group || nr == SYS_rt_sigreturn;
}

typedef long host_call(long nr, long a, long b, long c, long d, long e, long f);

/* Bad descriptors and addresses: a call that is let through fails in another way than EPERM. */
static void try_host(host_call *call, long base)
{
	for (long nr = base; nr < base + CALLS; nr++) {
		if (!is_final(nr) && call(nr, -1, -1, -1, -1, -1, -1) != -EPERM)
			printf("host %ld\n", nr);
	}
}

static void try_mmap(host_call *call, long flags, long fd, const char *what)
{
	long where = 0x20000000;

	if (call(SYS_mmap, where, 4096, 7, flags, fd, 0) != -EPERM)
		printf("host mmap of %s, writable and executable\n", what);
	if (call(SYS_mmap, where, 4096, 3, flags | 0x20, -1, 0) != -EPERM)
		printf("host mmap of anonymous memory\n");
}

static void try_mprotect(host_call *call)
{
	long where = 0x20000000;

	for (long rights = 0; rights < 8; rights++)
		if (call(SYS_mprotect, where, 4096, rights, 0, 0, 0) != -EPERM)
			printf("host mprotect to %ld\n", rights);
}

/* From its own text every call is this kernel's. */
static void own(void)
{
	struct utsname name;
	int fd = open("/etc/passwd.host", O_RDONLY);

	uname(&name);
	printf("own release %s\n", name.release);
	printf("own pid %d\n", getpid());
	printf("own file %s\n", fd < 0 ? strerror(errno) : "there");
	for (long nr = 335; nr < CALLS; nr++) {
		/* Numbers that neither kernel has, and those of x32. */
		if (nr > 470 && (syscall(nr) != -1 || errno != ENOSYS))
			printf("own %ld\n", nr);
	}
	if (syscall(X32 + SYS_getpid) != -1 || errno != ENOSYS)
		printf("own x32\n");
}

int main(int argc, char **argv)
{
	host_call *call = argc > 1 ? (host_call *)strtoul(argv[1], NULL, 16) : NULL;

	own();
	if (!call)
		return 0;
	try_host(call, 0);
	try_host(call, X32);
	for (long fd = 0; fd < 32; fd++)
		try_mmap(call, 0x11, fd, "a shared file");
	try_mprotect(call);
	puts("end");
	return 0;
}
