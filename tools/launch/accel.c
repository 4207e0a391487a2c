// SPDX-License-Identifier: GPL-2.0
/*
 * Whether KVM works here. That /dev/kvm can be opened says little: a small test
 * guest (probe.S), which does what our kernels do, has to come to its end in
 * time. What it showed is kept until the host boots again.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <poll.h>
#include <unistd.h>

#include "guest.h"
#include "state.h"

/*
 * The probe takes some 20 ms where KVM works, with QEMU's own start about 150; on a host that is a
 * slow guest itself, two seconds.
 */
enum { TIME_LIMIT_MS = 8000, TIME_STEP_MS = 500, PROBE_PASSED = 33 };

extern const unsigned char probe_guest[], probe_guest_end[];

static void run_probe(int image)
{
	char kernel[32];
	int null = open("/dev/null", O_RDWR);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(null, 0);
	dup2(null, 1);
	dup2(null, 2);
	close_on_exec(image, false);
	snprintf(kernel, sizeof(kernel), "/proc/self/fd/%d", image);
	execlp(getenv("RUMPRUN_QEMU") ?: "qemu-system-x86_64", "qemu", "-accel", "kvm", "-cpu",
	       "host", "-machine", "q35,smm=off,usb=off", "-bios", "qboot.rom", "-m", "16",
	       "-nodefaults", "-no-user-config", "-no-reboot", "-display", "none", "-device",
	       "isa-debug-exit,iobase=0xf4,iosize=4", "-kernel", kernel, NULL);
	_exit(STATUS_NO_QEMU);
}

static bool probe(const char **reason)
{
	int image = memory_file("probe", probe_guest, probe_guest_end - probe_guest);
	pid_t pid = fork();
	struct pollfd pfd = { .events = POLLIN };
	int status = 0, in_time = 0;

	if (!pid)
		run_probe(image);
	close(image);
	pfd.fd = pid < 0 ? -1 : syscall(SYS_pidfd_open, pid, 0);
	if (pfd.fd < 0)
		quit(STATUS_SYSTEM, "cannot try KVM: %s", strerror(errno));
	for (int waited = 0; !in_time && waited < TIME_LIMIT_MS; waited += TIME_STEP_MS) {
		progress("trying whether KVM works here");
		in_time = poll(&pfd, 1, TIME_STEP_MS);
	}
	progress_done();
	if (!in_time)
		kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	close(pfd.fd);
	if (WIFEXITED(status) && WEXITSTATUS(status) == PROBE_PASSED)
		return true;
	*reason = in_time ? "KVM is there, but a test guest failed on it"
			  : "KVM is there, but a test guest did not end on it in time";
	return false;
}

static bool read_line(const char *path, char *line, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, line, size - 1);

	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return false;
	line[n] = '\0';
	line[strcspn(line, "\n")] = '\0';
	return true;
}

static void remember(const char *path, const char *text)
{
	char *fresh = xasprintf("%s.%d", path, getpid());
	int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	/* That it cannot be kept only costs the next launch its time. */
	if (fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text))
		rename(fresh, path);
	if (fd >= 0)
		close(fd);
	free(fresh);
}

bool accel_kvm_works(const char **reason)
{
	char boot[64], seen[160];
	char *path, *good, *bad;
	bool works;

	*reason = "there is no KVM here";
	if (access("/dev/kvm", R_OK | W_OK))
		return false;
	if (!read_line("/proc/sys/kernel/random/boot_id", boot, sizeof(boot)))
		return probe(reason);
	path = xasprintf("%s/accelerator", state_base());
	good = xasprintf("%s kvm", boot);
	bad = xasprintf("%s tcg", boot);
	*reason = "KVM is there, but a test guest showed that it does not work";
	if (!read_line(path, seen, sizeof(seen)) || (strcmp(seen, good) && strcmp(seen, bad))) {
		works = probe(reason);
		remember(path, works ? good : bad);
	} else {
		works = !strcmp(seen, good);
	}
	free(path);
	free(good);
	free(bad);
	return works;
}
