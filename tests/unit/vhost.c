// SPDX-License-Identifier: GPL-2.0
/* A vhost-user device's side of messages and rings: here are a QEMU and a guest that play theirs.
 */
#include "vhost.h"
#include "unit.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SIZE = 4, MEMORY = 1 << 16, BUFFER = 0x100 };
enum { SET_MEM_TABLE = 5, SET_NUM = 8, SET_ADDR, SET_BASE, GET_BASE, SET_KICK, SET_CALL };

/* Where the memory begins for the guest, and for QEMU. */
static const uint64_t guest = 0x100000, qemu = 0x7f0000000000;

/* In the memory: a ring each way, and buffers that all descriptors share. */
struct layout {
	struct {
		struct vring_desc desc[SIZE];
		struct vring_avail avail;
		uint16_t heads[SIZE];
		struct vring_used used __attribute__((aligned(8)));
		struct vring_used_elem done[SIZE];
	} ring[VHOST_RINGS];
	uint8_t buffer[SIZE][BUFFER];
};

static struct layout *memory;
static struct vhost v;
static int ours;

static void say(uint32_t request, const void *payload, uint32_t size, int fd)
{
	uint32_t head[3] = { request, 1, size };
	char control[CMSG_SPACE(sizeof(fd))] __attribute__((aligned(8))) = { 0 };
	struct iovec iov[2] = { { head, sizeof(head) }, { (void *)payload, size } };
	struct msghdr msg = { .msg_iov = iov, .msg_iovlen = 2 };

	if (fd >= 0) {
		struct cmsghdr *c = (struct cmsghdr *)control;

		msg.msg_control = control;
		msg.msg_controllen = sizeof(control);
		*c = (struct cmsghdr){ CMSG_LEN(sizeof(fd)), SOL_SOCKET, SCM_RIGHTS };
		memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	}
	if (sendmsg(ours, &msg, 0) != (ssize_t)(sizeof(head) + size))
		exit(1);
}

static void say_numbers(uint32_t request, uint32_t ring, uint32_t number)
{
	uint32_t payload[2] = { ring, number };

	say(request, payload, sizeof(payload), -1);
}

static void say_fd(uint32_t request, uint64_t ring, int fd)
{
	say(request, &ring, sizeof(ring), fd);
}

static uint64_t where(const void *p)
{
	return (const uint8_t *)p - (const uint8_t *)memory;
}

/* New memory, with nothing in it. */
static void give_memory(void)
{
	int fd = memfd_create("guest", 0);
	uint64_t table[5] = { 1, guest, MEMORY, qemu, 0 };

	if (fd < 0 || ftruncate(fd, MEMORY))
		exit(1);
	memory = mmap(NULL, MEMORY, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	say(SET_MEM_TABLE, table, sizeof(table), fd);
	close(fd);
}

static void set_up(int kick[], int call[])
{
	give_memory();
	for (uint32_t i = 0; i < VHOST_RINGS; i++) {
		uint64_t addresses[5] = { i, qemu + where(&memory->ring[i].desc),
					  qemu + where(&memory->ring[i].used),
					  qemu + where(&memory->ring[i].avail) };

		kick[i] = eventfd(0, EFD_NONBLOCK);
		call[i] = eventfd(0, EFD_NONBLOCK);
		say_numbers(SET_NUM, i, SIZE);
		say_numbers(SET_BASE, i, 0);
		say(SET_ADDR, addresses, sizeof(addresses), -1);
		say_fd(SET_KICK, i, kick[i]);
		say_fd(SET_CALL, i, call[i]);
	}
}

static void describe(int ring, int i, uint64_t address, uint32_t length, uint16_t flags)
{
	memory->ring[ring].desc[i] = (struct vring_desc){ address, length, flags, (i + 1) % SIZE };
}

static void offer(int ring, uint16_t head)
{
	memory->ring[ring].heads[memory->ring[ring].avail.idx % SIZE] = head;
	memory->ring[ring].avail.idx++;
}

static bool was_told(int call)
{
	uint64_t times;

	return read(call, &times, sizeof(times)) == sizeof(times);
}

static uint64_t buffer(int i)
{
	return guest + where(memory->buffer[i]);
}

static void from_guest(void)
{
	char data[2 * BUFFER];

	check("nothing is there yet", !vhost_receive(&v, data, sizeof(data)));
	memcpy(memory->buffer[1], "head", 4);
	memcpy(memory->buffer[2], "body", 4);
	describe(VHOST_FROM_GUEST, 1, buffer(1), 4, VRING_DESC_F_NEXT);
	describe(VHOST_FROM_GUEST, 2, buffer(2), 4, 0);
	offer(VHOST_FROM_GUEST, 1);
	check("a chain is one packet",
	      vhost_receive(&v, data, sizeof(data)) == 8 && !memcmp(data, "headbody", 8));
	check("it is given back", memory->ring[VHOST_FROM_GUEST].used.idx == 1 &&
					  memory->ring[VHOST_FROM_GUEST].done[0].id == 1);
	offer(VHOST_FROM_GUEST, 1);
	check("what has no room is cut", vhost_receive(&v, data, 6) == 6);
}

static void to_guest(void)
{
	check("no buffer, no packet", !vhost_send(&v, "packet", 6));
	describe(VHOST_TO_GUEST, 0, buffer(0), 4, VRING_DESC_F_WRITE | VRING_DESC_F_NEXT);
	describe(VHOST_TO_GUEST, 1, buffer(1), 4, VRING_DESC_F_WRITE);
	offer(VHOST_TO_GUEST, 0);
	check("a packet", vhost_send(&v, "packet", 6) && !memcmp(memory->buffer[0], "pack", 4) &&
				  !memcmp(memory->buffer[1], "et", 2));
	check("with its length", memory->ring[VHOST_TO_GUEST].done[0].len == 6);
}

/* The guest says whether it wants to be told, and QEMU how. */
static void telling(const int call[])
{
	int later = eventfd(0, EFD_NONBLOCK);

	check("the guest is told", !vhost_tell(&v) && was_told(call[VHOST_TO_GUEST]));
	check("of the other ring, too", was_told(call[VHOST_FROM_GUEST]));
	check("once", !vhost_tell(&v) && !was_told(call[VHOST_TO_GUEST]));
	memory->ring[VHOST_TO_GUEST].avail.flags = VRING_AVAIL_F_NO_INTERRUPT;
	offer(VHOST_TO_GUEST, 0);
	check("not when it does not want it",
	      vhost_send(&v, "", 1) && !vhost_tell(&v) && !was_told(call[VHOST_TO_GUEST]));
	memory->ring[VHOST_TO_GUEST].avail.flags = 0;
	offer(VHOST_TO_GUEST, 0);
	vhost_send(&v, "", 1);
	say_fd(SET_CALL, VHOST_TO_GUEST, later);
	check("as QEMU has said last", !vhost_tell(&v) && was_told(later));
	check("and not as before", !was_told(call[VHOST_TO_GUEST]));
	close(later);
}

/* A guest may write anything into its rings. */
static void hostile(void)
{
	char data[BUFFER];

	describe(VHOST_FROM_GUEST, 0, guest + MEMORY - 2, 4, 0);
	offer(VHOST_FROM_GUEST, 0);
	check("a buffer beyond the memory gives nothing", !vhost_receive(&v, data, sizeof(data)));
	describe(VHOST_FROM_GUEST, 0, UINT64_MAX - 1, 4, 0);
	offer(VHOST_FROM_GUEST, SIZE * 7);
	check("nor one that wraps", !vhost_receive(&v, data, sizeof(data)));
	for (int i = 0; i < SIZE; i++)
		describe(VHOST_FROM_GUEST, i, buffer(i), 1, VRING_DESC_F_NEXT);
	offer(VHOST_FROM_GUEST, 2);
	check("a chain without end ends", vhost_receive(&v, data, sizeof(data)) == SIZE);
}

static void other_memory(void)
{
	uint16_t idx = memory->ring[VHOST_FROM_GUEST].avail.idx;
	char data[BUFFER];

	give_memory();
	check("other memory", !vhost_messages(&v));
	memory->ring[VHOST_FROM_GUEST].avail.idx = idx;
	memcpy(memory->buffer[3], "there", 5);
	describe(VHOST_FROM_GUEST, 3, buffer(3), 5, 0);
	offer(VHOST_FROM_GUEST, 3);
	check("a ring goes on in it",
	      vhost_receive(&v, data, sizeof(data)) == 5 && !memcmp(data, "there", 5));
}

static void ending(void)
{
	char data[BUFFER];

	say_numbers(GET_BASE, VHOST_FROM_GUEST, 0);
	check("a ring stops", !vhost_messages(&v));
	offer(VHOST_FROM_GUEST, 2);
	check("and gives nothing any more", !vhost_receive(&v, data, sizeof(data)));
	close(ours);
	check("QEMU is gone", vhost_messages(&v) == -1);
}

int main(void)
{
	int pair[2], kick[VHOST_RINGS], call[VHOST_RINGS];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		return 1;
	ours = pair[0];
	vhost_init(&v, pair[1], 3);
	set_up(kick, call);
	check("messages", !vhost_messages(&v));
	from_guest();
	to_guest();
	telling(call);
	hostile();
	other_memory();
	ending();
	return 0;
}
