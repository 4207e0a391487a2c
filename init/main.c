// SPDX-License-Identifier: GPL-2.0
/* PID 1: the order in which the machine is made. */
#include <fcntl.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "init.h"

/* Without a console the kernel starts us with no descriptors: others must not land there. */
static void fill_descriptors(void)
{
	int fd;

	if (fcntl(2, F_GETFD) >= 0)
		return;
	do {
		fd = open("/dev/null", O_RDWR);
	} while (fd >= 0 && fd < 2);
}

/* Programs look their own host's name up: it must lead somewhere. A read-only root stays as it is.
 */
static void name_machine(void)
{
	const char *name = conf.hostname, *line;
	int fd;

	/* The kernel's own is localhost. */
	if (!name)
		return;
	sethostname(name, strlen(name));
	line = join("127.0.1.1 ", name, "\n", NULL);
	fd = open("/etc/hosts", O_WRONLY | O_APPEND | O_CLOEXEC);
	if (fd >= 0)
		write(fd, line, strlen(line));
	close(fd);
}

int main(int argc, char **argv)
{
	calls_find_entry();
	reboot(RB_DISABLE_CAD);
	signals_block();
	conf_read();
	conf_add_arguments(argc - 1, argv + 1);
	root_mount();
	fill_descriptors();
	name_machine();
	blocks_mount();
	net_start();
	sysproxy_start();
	programs_start();
	end_machine(run());
}
