// SPDX-License-Identifier: GPL-2.0
/*
 * The system calls that init makes most before its programs run, in place of musl's functions of
 * these names: in a process of the host each would be a trap, which takes longer than most of what
 * it asks for (doc/architecture.md, In a process).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "init.h"

#define ERRORS_MOST 4095

/* call.S: where there is no entry, by the instruction. Returns errors as small negative numbers. */
long kernel_call(long nr, long a, long b, long c, long d, long e, long f);
/* 0: none, or not known yet */
unsigned long kernel_entry;

void calls_find_entry(void)
{
	kernel_entry = getauxval(AT_SYSINFO);
}

static long call(long nr, long a, long b, long c, long d, long e)
{
	long result = kernel_call(nr, a, b, c, d, e, 0);

	if (result >= 0 || result < -ERRORS_MOST)
		return result;
	errno = -result;
	return -1;
}

int mount(const char *source, const char *target, const char *type, unsigned long flags,
	  const void *data)
{
	return call(SYS_mount, (long)source, (long)target, (long)type, flags, (long)data);
}

int umount(const char *target)
{
	return call(SYS_umount2, (long)target, 0, 0, 0, 0);
}

int mkdir(const char *path, mode_t mode)
{
	return call(SYS_mkdir, (long)path, mode, 0, 0, 0);
}

int symlink(const char *to, const char *path)
{
	return call(SYS_symlink, (long)to, (long)path, 0, 0, 0);
}

int chdir(const char *path)
{
	return call(SYS_chdir, (long)path, 0, 0, 0, 0);
}

int chroot(const char *path)
{
	return call(SYS_chroot, (long)path, 0, 0, 0, 0);
}

int chmod(const char *path, mode_t mode)
{
	return call(SYS_chmod, (long)path, mode, 0, 0, 0);
}

int access(const char *path, int mode)
{
	return call(SYS_access, (long)path, mode, 0, 0, 0);
}

int socket(int family, int type, int protocol)
{
	return call(SYS_socket, family, type, protocol, 0, 0);
}

int dup2(int from, int to)
{
	return call(SYS_dup2, from, to, 0, 0, 0);
}

int open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	return call(SYS_open, (long)path, flags, mode, 0, 0);
}

int close(int fd)
{
	return call(SYS_close, fd, 0, 0, 0, 0);
}

ssize_t read(int fd, void *data, size_t size)
{
	return call(SYS_read, fd, (long)data, size, 0, 0);
}

int ioctl(int fd, int request, ...)
{
	va_list args;
	long arg;

	va_start(args, request);
	arg = va_arg(args, long);
	va_end(args);
	return call(SYS_ioctl, fd, request, arg, 0, 0);
}

pid_t setsid(void)
{
	return call(SYS_setsid, 0, 0, 0, 0, 0);
}

int setpgid(pid_t pid, pid_t group)
{
	return call(SYS_setpgid, pid, group, 0, 0, 0);
}

pid_t getpid(void)
{
	return call(SYS_getpid, 0, 0, 0, 0, 0);
}

int execve(const char *path, char *const args[], char *const env[])
{
	return call(SYS_execve, (long)path, (long)args, (long)env, 0, 0);
}

long syscall(long nr, ...)
{
	long a[4];
	va_list args;

	va_start(args, nr);
	for (int i = 0; i < 4; i++)
		a[i] = va_arg(args, long);
	va_end(args);
	return call(nr, a[0], a[1], a[2], a[3], 0);
}
