// SPDX-License-Identifier: GPL-2.0
/* Remote system calls by librumpclient: rumpclient ADDRESS KEYFILE. */
#include "rumpclient.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <unistd.h>

static struct rumpclient *c;

static void check(const char *what, int good)
{
	printf("%s %s%s\n", good ? "ok" : "FAIL", what, good ? "" : ": it is not so");
}

static void try_files(void)
{
	static char big[300000], back[300000];
	struct iovec out[2] = { { big, 100000 }, { big + 100000, 200000 } };
	struct iovec in[3] = { { back, 1 }, { back + 1, 1999 }, { back + 2000, 298000 } };
	struct stat st;
	int fd;

	memset(big, 'x', sizeof(big));
	big[150000] = 'y';
	fd = rumpclient_syscall(c, SYS_open, "/tmp/rumpclient", O_RDWR | O_CREAT | O_TRUNC, 0600);
	check("open a file", fd >= 0);
	check("writev", rumpclient_syscall(c, SYS_writev, fd, out, 2) == sizeof(big));
	check("lseek", rumpclient_syscall(c, SYS_lseek, fd, 0L, SEEK_SET) == 0);
	check("readv", rumpclient_syscall(c, SYS_readv, fd, in, 3) == sizeof(back));
	check("the same bytes", !memcmp(big, back, sizeof(big)));
	check("fstat", !rumpclient_syscall(c, SYS_fstat, fd, &st) && st.st_size == sizeof(big));
	check("close", !rumpclient_syscall(c, SYS_close, fd));
	check("close it again", rumpclient_syscall(c, SYS_close, fd) < 0 && errno == EBADF);
	check("unlink", !rumpclient_syscall(c, SYS_unlink, "/tmp/rumpclient"));
	check("stat",
	      rumpclient_syscall(c, SYS_stat, "/tmp/rumpclient", &st) < 0 && errno == ENOENT);
}

static void try_sockets(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX, .sun_path = "/tmp/rumpclient.sock" },
			   got;
	socklen_t size = sizeof(got);
	struct pollfd pfd = { .events = POLLIN };
	char text[16] = "";
	struct iovec iov = { text, sizeof(text) };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	int a = rumpclient_syscall(c, SYS_socket, AF_UNIX, SOCK_DGRAM, 0);
	int b = rumpclient_syscall(c, SYS_socket, AF_UNIX, SOCK_DGRAM, 0);

	check("bind", !rumpclient_syscall(c, SYS_bind, a, &name, sizeof(name)));
	check("connect", !rumpclient_syscall(c, SYS_connect, b, &name, sizeof(name)));
	check("sendto", rumpclient_syscall(c, SYS_sendto, b, "hello", 5, 0, (void *)0, 0) == 5);
	pfd.fd = a;
	check("poll",
	      rumpclient_syscall(c, SYS_poll, &pfd, 1, 1000) == 1 && (pfd.revents & POLLIN));
	check("recvmsg",
	      rumpclient_syscall(c, SYS_recvmsg, a, &msg, 0) == 5 && !memcmp(text, "hello", 5));
	check("getsockname", !rumpclient_syscall(c, SYS_getsockname, a, &got, &size) &&
				     !strcmp(got.sun_path, name.sun_path));
	rumpclient_syscall(c, SYS_unlink, name.sun_path);
}

static void try_errors(void)
{
	char path[5000];

	memset(path, 'a', sizeof(path));
	path[sizeof(path) - 1] = '\0';
	check("a long name",
	      rumpclient_syscall(c, SYS_access, path, 0) < 0 && errno == ENAMETOOLONG);
	check("mmap does not travel",
	      rumpclient_syscall(c, SYS_mmap, 0, 4096, 1, 2, 3, 0) < 0 && errno == ENOSYS);
	check("an unknown ioctl",
	      rumpclient_syscall(c, SYS_ioctl, 0, 0x4c00, 0L) < 0 && errno == ENOTTY);
	check("a null pointer",
	      rumpclient_syscall(c, SYS_stat, (void *)0, (void *)0) < 0 && errno == EFAULT);
}

int main(int argc, char **argv)
{
	unsigned char key[64];
	FILE *f = argc > 2 ? fopen(argv[2], "r") : NULL;
	size_t size = f ? fread(key, 1, sizeof(key), f) : 0;
	struct utsname name = { 0 };

	if (argc < 2)
		return 64;
	c = rumpclient_open(argv[1], f ? key : NULL, size);
	if (!c) {
		fprintf(stderr, "%s\n", rumpclient_error());
		return 1;
	}
	check("uname", !rumpclient_syscall(c, SYS_uname, &name));
	fprintf(stderr, "%s %s\n", name.nodename, name.release);
	try_files();
	try_sockets();
	try_errors();
	rumpclient_close(c);
	return 0;
}
