// SPDX-License-Identifier: GPL-2.0
/*
 * PID 1 of the peer kernels: makes what the measured program expects, runs it, resets. The time
 *stamp counter at its start is what boot.c prints: with these peers, the program is init itself.
 *
 *	init [-a ADDRESS] [PROGRAM ARGUMENTS...]
 *
 * loads the modules in /modules in the order of their names, and gives the first Ethernet interface
 * the IPv4 address, with a network mask of 24 bits.
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <x86intrin.h>

static void set(int fd, unsigned long what, struct ifreq *request, const char *address)
{
	struct sockaddr_in *in = (struct sockaddr_in *)&request->ifr_addr;

	memset(in, 0, sizeof(*in));
	in->sin_family = AF_INET;
	inet_pton(AF_INET, address, &in->sin_addr);
	if (ioctl(fd, what, request))
		perror(request->ifr_name);
}

static void up(const char *name, const char *address)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	struct ifreq request = { 0 };

	strcpy(request.ifr_name, name);
	if (address) {
		set(fd, SIOCSIFADDR, &request, address);
		set(fd, SIOCSIFNETMASK, &request, "255.255.255.0");
	}
	request.ifr_flags = IFF_UP;
	if (fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &request))
		perror(name);
	close(fd);
}

static void load_modules(void)
{
	struct dirent **names;
	int fd, n = scandir("/modules", &names, NULL, alphasort);

	if (n <= 0 || chdir("/modules"))
		return;
	for (int i = 0; i < n; i++) {
		if (names[i]->d_name[0] == '.')
			continue;
		fd = open(names[i]->d_name, O_RDONLY | O_CLOEXEC);
		/* One of the peers has all built in. */
		if (syscall(SYS_finit_module, fd, "", 0) && errno != ENOSYS)
			perror(names[i]->d_name);
		close(fd);
	}
	if (chdir("/"))
		perror("/");
}

static void make_machine(void)
{
	struct rlimit files = { .rlim_cur = 1024, .rlim_max = 524288 };

	mkdir("/tmp", 01777);
	mkdir("/proc", 0755);
	mkdir("/run", 0755);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("tmpfs", "/tmp", "tmpfs", 0, NULL);
	mount("proc", "/proc", "proc", 0, NULL);
	setrlimit(RLIMIT_NOFILE, &files);
	up("lo", NULL);
	load_modules();
}

int main(int argc, char **argv)
{
	unsigned long long now = __rdtsc();

	printf("main %llu\n", now);
	fflush(stdout);
	make_machine();
	argv++, argc--;
	if (argc > 1 && !strcmp(argv[0], "-a")) {
		up("eth0", argv[1]);
		argv += 2, argc -= 2;
	}
	if (argc > 0 && fork() == 0) {
		execv(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	while (wait(NULL) > 0)
		;
	reboot(RB_AUTOBOOT);
	return 1;
}
