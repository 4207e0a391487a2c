// SPDX-License-Identifier: GPL-2.0
/* Says which of the kernel's optional families of system calls are there, and where it may write.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <linux/mman.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <unistd.h>

static void report(const char *what, long result)
{
	printf("%s %s\n", what, result >= 0 ? "yes" : strerrorname_np(errno));
}

/* 4 MB hold 2 MB that begin on a boundary of 2 MB. */
static long collapse(void)
{
	const unsigned long huge = 2 << 20;
	char *p = mmap(NULL, 2 * huge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	p = (char *)(((unsigned long)p + huge - 1) & -huge);
	*p = 1;
	return madvise(p, huge, MADV_COLLAPSE);
}

int main(void)
{
	struct io_uring_params params = { 0 };
	aio_context_t context = 0;

	report("sysvipc", msgget(IPC_PRIVATE, 0600));
	report("aio", syscall(SYS_io_setup, 1, &context));
	report("io_uring", syscall(SYS_io_uring_setup, 1, &params));
	report("collapse", collapse());
	report("/file", open("/file", O_WRONLY | O_CREAT, 0600));
	report("/tmp/file", open("/tmp/file", O_WRONLY | O_CREAT, 0600));
	return 0;
}
