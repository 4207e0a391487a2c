// SPDX-License-Identifier: GPL-2.0
#include "session.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REMIND_MS = 10, DESCRIPTORS = 65536 };

/* Whatever becomes of the session, its process ends, and the kernel clears up after it. */
static _Noreturn void end(int status)
{
	_exit(status);
}

void session_send(struct session *s, const struct buffer *b)
{
	pthread_mutex_lock(&s->link_lock);
	if (b->failed || link_write(&s->link, b->data, b->size))
		end(EXIT_SUCCESS);
	pthread_mutex_unlock(&s->link_lock);
}

static void welcome(struct session *s)
{
	struct buffer out = { 0 };
	size_t begin = frame_begin(&out, FRAME_WELCOME);

	put_u32(&out, WIRE_VERSION);
	put_u32(&out, DATA_MOST);
	put_u32(&out, TASKS_MOST);
	put_u32(&out, getpid());
	frame_finish(&out, begin);
	session_send(s, &out);
	buffer_free(&out);
}

static _Noreturn void refuse(struct session *s, const char *text)
{
	struct buffer out = { 0 };
	size_t begin = frame_begin(&out, FRAME_REFUSED);

	put_bytes(&out, text, strlen(text));
	frame_finish(&out, begin);
	session_send(s, &out);
	end(EXIT_SUCCESS);
}

/* The first frame: the newest version that the client speaks. */
static void take_hello(struct session *s, const struct frame *f)
{
	struct cursor c = { .p = f->data, .end = f->data + f->size };
	uint32_t version = get_u32(&c);

	if (f->type != FRAME_HELLO || c.bad)
		end(EXIT_SUCCESS);
	if (version < WIRE_VERSION)
		refuse(s, "this server speaks version 1 of the protocol");
	welcome(s);
}

/* -1 for a frame that makes no sense: then nothing that follows would. */
static int take(const struct frame *f)
{
	struct cursor c = { .p = f->data, .end = f->data + f->size };
	uint32_t first, second;

	if (f->type == FRAME_CALL)
		return tasks_call(f->data, f->size);
	first = get_u32(&c);
	switch (f->type) {
	case FRAME_INTERRUPT:
		tasks_interrupt(first);
		break;
	case FRAME_TASK:
		second = get_u32(&c);
		if (tasks_new(first, second, get_u32(&c)))
			return -1;
		break;
	case FRAME_END:
		if (tasks_end(first))
			return -1;
		break;
	default:
		return -1;
	}
	return c.bad || c.p != c.end ? -1 : 0;
}

static void take_frames(struct session *s, bool *greeted)
{
	struct frame f;
	int n;

	pthread_mutex_lock(&s->lock);
	while ((n = link_next(&s->link, &f)) > 0) {
		if (!*greeted)
			take_hello(s, &f);
		else if (take(&f))
			end(EXIT_SUCCESS);
		*greeted = true;
	}
	pthread_mutex_unlock(&s->lock);
	if (n < 0)
		end(EXIT_SUCCESS);
}

/* A client that says nothing is given up after a time, a host that has vanished as well. */
static void receive(struct session *s)
{
	bool greeted = false, remind;
	int gone = 0;

	for (;;) {
		/* What came with the handshake is there before anything else comes. */
		take_frames(s, &greeted);
		if (gone)
			end(EXIT_SUCCESS);
		pthread_mutex_lock(&s->lock);
		remind = tasks_remind();
		pthread_mutex_unlock(&s->lock);
		if (wait_ready(s->link.fd, POLLIN,
			       remind	 ? REMIND_MS
			       : greeted ? -1
					 : HANDSHAKE_MS)) {
			if (!greeted)
				end(EXIT_SUCCESS);
		} else {
			pthread_mutex_lock(&s->link_lock);
			gone = link_fill(&s->link);
			pthread_mutex_unlock(&s->link_lock);
		}
	}
}

static void set_up_socket(int fd)
{
	int one = 1, idle = 30, interval = 10, count = 3;

	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof(one));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof(interval));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof(count));
}

_Noreturn void session_run(int fd, int status, const struct key *key, const struct policy *policy)
{
	static struct session s = {
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.link_lock = PTHREAD_MUTEX_INITIALIZER,
	};
	struct rlimit files = { DESCRIPTORS, DESCRIPTORS };
	const char *why;

	signal(SIGPIPE, SIG_IGN);
	set_up_socket(fd);
	if (link_open(&s.link, fd, key, true, HANDSHAKE_MS, &why))
		end(EXIT_SUCCESS);
	if (status >= 0)
		close(status);
	setrlimit(RLIMIT_NOFILE, &files);
	s.policy = policy;
	if (policy_enter(policy) || chdir("/"))
		end(EXIT_FAILURE);
	umask(022);
	tasks_start(&s);
	receive(&s);
	end(EXIT_SUCCESS);
}
