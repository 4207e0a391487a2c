// SPDX-License-Identifier: GPL-2.0
/* From the configuration to a running QEMU with its channels. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"
#include "cpio.h"
#include "document.h"
#include "guest.h"
#include "sysproxy.h"
#include "tap.h"

const char *guest_platform(const struct guest *guest)
{
	return guest->proc ? "proc" : guest->kvm ? "kvm" : "qemu";
}

static void record(struct config_blob *blob, const char *key, const char *value)
{
	if (config_record(blob, key, value))
		quit(STATUS_SYSTEM, "out of memory");
}

/* How init reaches us, which is no part of the document. */
static void add_channel_records(const struct guest *guest, struct config_blob *blob)
{
	static const char *const places[] = { "none", "memory", "drive" };
	const char *listen;

	if (!guest->terminal)
		record(blob, "io", "frames");
	if (guest->port)
		record(blob, "frames", "/dev/vport0p1");
	else if (!guest->terminal)
		record(blob, "frames", "/dev/console");
	record(blob, "root", places[guest->image->root]);
	for (unsigned int i = 0; (listen = sysproxy_inside(guest, i)); i++)
		record(blob, "sysproxy", listen);
}

static void save(const char *dir, const char *name, const void *data, size_t size)
{
	char *path = xasprintf("%s/%s", dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		quit(STATUS_SYSTEM, "%s: %s", path, strerror(errno));
	close(fd);
	free(path);
}

static int make_initrd(const struct guest *guest)
{
	struct config_blob blob = { 0 };
	struct config_error err;
	char *data;
	size_t size;
	struct cpio cpio = { .f = open_memstream(&data, &size) };
	int fd;

	if (!cpio.f)
		quit(STATUS_SYSTEM, "out of memory");
	if (config_compile(guest->doc, &blob, &err))
		quit(STATUS_CONFIG, "%s", err.text);
	add_channel_records(guest, &blob);
	cpio_entry(&cpio, "rumprun", S_IFDIR | 0755, 0, NULL, 0);
	cpio_entry(&cpio, "rumprun/launch.conf", S_IFREG | 0644, 0, blob.data, blob.size);
	cpio_end(&cpio);
	if (fclose(cpio.f))
		quit(STATUS_SYSTEM, "out of memory");
	if (guest->opt->tmpdir)
		save(guest->opt->tmpdir, "launch.cpio", data, size);
	fd = memory_file("launch.cpio", data, size);
	config_blob_free(&blob);
	free(data);
	return fd;
}

static void make_channels(struct guest *guest)
{
	int pair[2];

	for (int i = 0; i < CHAN_COUNT; i++) {
		guest->fd[i] = guest->remote[i] = -1;
		if (i == CHAN_FRAMES && !guest->port)
			continue;
		if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
			quit(STATUS_SYSTEM, "cannot make a channel: %s", strerror(errno));
		guest->fd[i] = pair[0];
		guest->remote[i] = pair[1];
		fcntl(pair[0], F_SETFL, O_NONBLOCK);
	}
}

static void save_arguments(const char *dir, const struct strv *args)
{
	char *lines = strv_join(args, "\n"), *text = xasprintf("%s\n", lines);

	save(dir, "qemu.args", text, strlen(text));
	free(text);
	free(lines);
}

/*
 * In the child: QEMU, or the guest that is a process, ends with us, whatever ends us, and a Ctrl-C
 * is for us alone.
 */
static void become_qemu(struct guest *guest, struct strv *args, pid_t parent)
{
	sigset_t none;
	int null = open("/dev/null", O_RDWR);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(STATUS_SYSTEM);
	setpgid(0, 0);
	dup2(null, 0);
	dup2(null, 1);
	dup2(guest->remote[CHAN_QEMU], 2);
	for (int i = 0; i < CHAN_QEMU; i++) {
		if (guest->remote[i] >= 0)
			close_on_exec(guest->remote[i], false);
	}
	close_on_exec(guest->initrd, false);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	execvp(args->v[0], args->v);
}

static _Noreturn void cannot_run(const struct guest *guest, const char *program, int err)
{
	if (err != ENOENT || (guest->proc && !guest->opt->gdb_port))
		quit(STATUS_NO_QEMU, "cannot run %s: %s", program, strerror(err));
	quit(STATUS_NO_QEMU, "cannot run %s: %s; try: apt-get install %s", program, strerror(err),
	     guest->proc ? "gdbserver" : "qemu-system-x86");
}

static void spawn(struct guest *guest, struct strv *args)
{
	int report[2], err = 0;
	pid_t parent = getpid();

	if (pipe2(report, O_CLOEXEC))
		quit(STATUS_SYSTEM, "cannot make a pipe: %s", strerror(errno));
	guest->qemu = fork();
	if (!guest->qemu) {
		become_qemu(guest, args, parent);
		err = errno;
		if (write(report[1], &err, sizeof(err)) < 0)
			_exit(STATUS_SYSTEM);
		_exit(STATUS_NO_QEMU);
	}
	close(report[1]);
	if (guest->qemu < 0)
		quit(STATUS_SYSTEM, "cannot start a process: %s", strerror(errno));
	if (read(report[0], &err, sizeof(err)) == sizeof(err))
		cannot_run(guest, args->v[0], err);
	close(report[0]);
}

void guest_start(struct guest *guest)
{
	struct strv args = { 0 };

	sysproxy_check(guest);
	if (guest->opt->tmpdir && mkdir(guest->opt->tmpdir, 0777) && errno != EEXIST)
		quit(STATUS_SYSTEM, "-T %s: %s", guest->opt->tmpdir, strerror(errno));
	if (guest->opt->sudo)
		taps_make(guest->doc);
	make_channels(guest);
	guest->initrd = make_initrd(guest);
	if (guest->proc) {
		proc_arguments(guest, &args);
	} else {
		strv_add(&args, getenv("RUMPRUN_QEMU") ?: "qemu-system-x86_64");
		qemu_arguments(guest, &args);
	}
	if (guest->opt->tmpdir)
		save_arguments(guest->opt->tmpdir, &args);
	spawn(guest, &args);
	for (int i = 0; i < CHAN_COUNT; i++) {
		if (guest->remote[i] >= 0)
			close(guest->remote[i]);
	}
	close(guest->initrd);
	strv_free(&args);
}
