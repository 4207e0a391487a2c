// SPDX-License-Identifier: GPL-2.0
/* Strings and small files, without stdio. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "init.h"

/* Memory is only ever taken: PID 1 keeps what it reads until the end. Untouched pages cost none. */
static char arena[1 << 20] __attribute__((aligned(16)));
static size_t arena_used;

void *grab(size_t size)
{
	void *p = arena + arena_used;

	size = (size + 15) & ~(size_t)15;
	if (size > sizeof(arena) - arena_used)
		fatal("the configuration is too large", NULL);
	arena_used += size;
	return p;
}

const char *join(const char *first, ...)
{
	size_t size = 1;
	char *out, *end;
	va_list ap;

	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *))
		size += strlen(s);
	va_end(ap);
	out = end = grab(size);
	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *))
		end = stpcpy(end, s);
	va_end(ap);
	return out;
}

const char *decimal(unsigned long n)
{
	char *end = (char *)grab(24) + 23;

	*end = '\0';
	do {
		*--end = '0' + n % 10;
		n /= 10;
	} while (n);
	return end;
}

/* strerror() would bring a table of 7 KB; these are the errors that init meets. */
const char *error_name(int err)
{
	switch (err) {
	case ENOENT:
		return "no such file or directory";
	case ENODEV:
		return "not in this image";
	case EINVAL:
		return "invalid argument, or not a file system of this type";
	case EACCES:
	case EPERM:
		return "not permitted";
	case ENOEXEC:
		return "not a program this machine can run";
	case EBUSY:
		return "busy";
	case EROFS:
		return "read-only";
	case ENOMEM:
		return "out of memory";
	case EIO:
		return "input/output error";
	case ENOTDIR:
		return "not a directory";
	case EEXIST:
		return "exists already";
	case ENETUNREACH:
		return "network unreachable";
	}
	return join("error ", decimal(err), NULL);
}

/* The text ends with a NUL byte and without the last newline. */
ssize_t read_file(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = read(fd, buf, size - 1);
	close(fd);
	if (n < 0)
		return -1;
	if (n && buf[n - 1] == '\n')
		n--;
	buf[n] = '\0';
	return n;
}

int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	size_t size = strlen(text);
	int ret;

	if (fd < 0)
		return -1;
	ret = write(fd, text, size) == (ssize_t)size ? 0 : -1;
	close(fd);
	return ret;
}
