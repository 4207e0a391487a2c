// SPDX-License-Identifier: GPL-2.0
/* Unix sockets of the host at paths that the user names, and the children that serve them. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "launch.h"
#include "unix_socket.h"

void unix_address(const char *what, const char *path, struct sockaddr_un *address)
{
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof(address->sun_path))
		quit(STATUS_USAGE, "%s: %s is too long for a socket's path", what, path);
	strcpy(address->sun_path, path);
}

/* Only this refusal says that nobody is there: one of another type, or in another's talk, is. */
static bool is_left_over(const struct sockaddr_un *address, int type)
{
	int fd = socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int err = 0;

	if (fd < 0 || connect(fd, (const struct sockaddr *)address, sizeof(*address)))
		err = errno;
	close(fd);
	return err == ECONNREFUSED || err == ENOENT;
}

static void make_room(const char *what, const struct sockaddr_un *address, int type)
{
	const char *path = address->sun_path;
	struct stat st;

	if (lstat(path, &st))
		return;
	if (!S_ISSOCK(st.st_mode))
		quit(STATUS_USAGE, "%s: %s is there, and is no socket: name another path", what,
		     path);
	for (int i = 0; !is_left_over(address, type); i++) {
		if (i == LEAVING_TRIES)
			quit(STATUS_SYSTEM,
			     "%s: %s is the socket of a program that runs, such as another guest: "
			     "name another path",
			     what, path);
		usleep(LEAVING_WAIT_US);
	}
	unlink(path);
}

void unix_bind(const char *what, const char *path, int type, struct unix_socket *s)
{
	struct sockaddr_un address;
	struct stat st;

	unix_address(what, path, &address);
	make_room(what, &address, type);
	*s = (struct unix_socket){ .path = path };
	s->fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
	if (s->fd < 0 || bind(s->fd, (struct sockaddr *)&address, sizeof(address)) ||
	    lstat(path, &st))
		quit(STATUS_SYSTEM, "%s: %s: %s", what, path, strerror(errno));
	s->device = st.st_dev;
	s->inode = st.st_ino;
}

void unix_unlink(const struct unix_socket *s)
{
	struct stat st;

	if (!lstat(s->path, &st) && st.st_dev == s->device && st.st_ino == s->inode)
		unlink(s->path);
}

static void redirect_to_null(void)
{
	int null = open("/dev/null", O_RDWR);

	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
}

void unix_serve(const char *name, int one, int other, pid_t parent, void (*end)(int signal))
{
	sigset_t none;

	signal(SIGTERM, end);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	prctl(PR_SET_NAME, name);
	setpgid(0, 0);
	redirect_to_null();
	/* Others would keep open what has to end. */
	close_all_but(one, other);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (getppid() != parent)
		end(SIGTERM);
}
