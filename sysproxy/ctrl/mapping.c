// SPDX-License-Identifier: GPL-2.0
/*
 * Mapping remote files: the thread maps a memory file of its own, into which the content is read
 * before. That is a copy, so a mapping that writes to the file is refused.
 */
#include "ctrl.h"
#include "ring.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	/* Beneath what a function may use below its stack pointer. */
	BELOW_STACK = 256,
	MAPPED_MOST = 256 << 20,
};

struct mapping {
	struct file *file;
	int memory; /* the memory file, here */
	int64_t fd; /* and there */
	uint64_t at, size, done;
	int64_t result;
};

static uint8_t part[DATA_MOST];

static void end_mapping(struct thread *t, int64_t result)
{
	int64_t address = t->mapping->result;

	(void)result;
	if (t->mapping->memory >= 0)
		close(t->mapping->memory);
	free(t->mapping);
	t->mapping = NULL;
	leave(t, address);
}

static void close_there(struct thread *t, int64_t result)
{
	const uint64_t args[CALL_ARGS] = { t->mapping->fd };

	t->mapping->result = result;
	inject(t, SYS_close, args, end_mapping);
}

static void map_there(struct thread *t)
{
	const struct user_regs_struct *r = &t->regs;
	const uint64_t args[CALL_ARGS] = { r->rdi, r->rsi, r->rdx, r->r10, t->mapping->fd, 0 };

	inject(t, SYS_mmap, args, close_there);
}

static void read_part(struct thread *t);

static void part_read(struct thread *t, int64_t result)
{
	struct mapping *m = t->mapping;

	if (result > 0 && pwrite(m->memory, part, result, m->done) != result)
		result = -ENOMEM;
	if (result < 0) {
		close_there(t, result);
		return;
	}
	m->done += result;
	if (result && m->done < m->size)
		read_part(t);
	else
		map_there(t);
}

static void read_part(struct thread *t)
{
	struct mapping *m = t->mapping;
	uint64_t left = m->size - m->done;
	const uint64_t args[CALL_ARGS] = { m->file->fd, (uintptr_t)part,
					   left < sizeof(part) ? left : sizeof(part),
					   m->at + m->done };

	t->memory = &own_memory;
	/* It stands behind a call, where it stays until all is read. */
	t->state = BREAKING;
	send_call(t, call_find(SYS_pread64), args, part_read);
}

static void memory_made(struct thread *t, int64_t result)
{
	struct mapping *m = t->mapping;
	char path[64];

	m->fd = m->result = result;
	if (result < 0) {
		end_mapping(t, result);
		return;
	}
	snprintf(path, sizeof(path), "/proc/%d/fd/%d", t->tid, (int)result);
	m->memory = open(path, O_RDWR | O_CLOEXEC);
	if (m->memory < 0 || ftruncate(m->memory, m->size))
		close_there(t, -ENOMEM);
	else if (!m->file->ring)
		read_part(t);
	else if (ring_map(m->file->ring, m->memory, m->size))
		close_there(t, -EINVAL);
	else
		map_there(t);
}

bool enter_mmap(struct thread *t)
{
	struct file *file = fds_file(t->process->fds, t->args[4]);
	uint64_t args[CALL_ARGS] = { t->regs.rsp - BELOW_STACK, MFD_CLOEXEC };
	bool shared = (t->args[3] & MAP_TYPE) != MAP_PRIVATE;

	if (!file) {
		run_local(t);
		return true;
	}
	if ((shared && t->args[2] & PROT_WRITE && !file->ring) || t->args[1] > MAPPED_MOST ||
	    poke(t, args[0], "", 1)) {
		give_result(t, -ENODEV);
		return true;
	}
	t->mapping = calloc(1, sizeof(*t->mapping));
	if (!t->mapping)
		fail(EXIT_SYSTEM, "out of memory");
	*t->mapping = (struct mapping){
		.file = file, .memory = -1, .at = t->args[5], .size = t->args[1]
	};
	inject(t, SYS_memfd_create, args, memory_made);
	return true;
}
