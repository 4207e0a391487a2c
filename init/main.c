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

int main(void)
{
	reboot(RB_DISABLE_CAD);
	signals_block();
	conf_read();
	root_mount();
	fill_descriptors();
	if (conf.hostname)
		sethostname(conf.hostname, strlen(conf.hostname));
	blocks_mount();
	net_start();
	programs_start();
	end_machine(run());
}
