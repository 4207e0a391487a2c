// SPDX-License-Identifier: GPL-2.0
/*
 * PID 1 of the peer kernels: makes what the measured program expects, runs it, resets. The time
 * stamp counter at its start is what boot.c prints: with these peers, the program is init itself.
 */
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <x86intrin.h>

static void up(const char *name)
{
	struct ifreq request = { .ifr_flags = IFF_UP };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	strcpy(request.ifr_name, name);
	if (fd >= 0)
		ioctl(fd, SIOCSIFFLAGS, &request);
	close(fd);
}

int main(int argc, char **argv)
{
	unsigned long long now = __rdtsc();

	printf("main %llu\n", now);
	fflush(stdout);
	mkdir("/tmp", 0777);
	mkdir("/proc", 0755);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("tmpfs", "/tmp", "tmpfs", 0, NULL);
	mount("proc", "/proc", "proc", 0, NULL);
	up("lo");
	if (argc > 1 && fork() == 0) {
		execv(argv[1], argv + 1);
		perror(argv[1]);
		_exit(127);
	}
	while (wait(NULL) > 0)
		;
	reboot(RB_AUTOBOOT);
	return 1;
}
