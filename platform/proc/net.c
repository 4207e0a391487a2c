// SPDX-License-Identifier: GPL-2.0
/*
 * Network interfaces: rump.netN=FD,MAC,KIND. A tap or a datagram socket has a frame a
 * call; a stream socket (passt, or QEMU's "stream") has the frame's length in four
 * bytes, big-endian, in front of each. A vsock is a datagram socket with its packets.
 */
#include "burst.h"
#include "bytes.h"
#include "handshake.h"
#include "proc.h"

enum kind { FRAMES, FRAMES_WITH_HEADER, STREAM, VSOCK, PASST };

enum { PREFIX = 4, PIECES_MAX = 24, SEND_PATIENCE_MS = 100, HANDSHAKES_MAX = 64, SMALL_MOST = 512 };

static struct net {
	int fd;
	enum kind kind;
	uint8_t mac[6];
	struct burst burst;
	/* Of a stream: what was read and has not been taken. */
	size_t have, taken;
	uint8_t *stream;
	bool drained; /* The last read got less than it asked for. */
} nets[NETS_MAX];
static unsigned int nnets;

/* Third steps that are due when passt has answered. */
static struct third {
	bool due;
	uint8_t frame[HANDSHAKE_SIZE];
} thirds[HANDSHAKES_MAX];

/* One is all that Debian's user networking needs; more of them share nothing. */
static UNMOVED uint8_t streams[2][2 * RUMPUSER_FRAME_MOST];
static unsigned int nstreams;

static bool is_stream(const struct net *net)
{
	return net->kind == STREAM || net->kind == PASST;
}

static void add(const char *text)
{
	struct net *net = &nets[nnets];
	uint64_t mac;

	net->fd = host_number(&text, 10);
	mac = host_number(&text, 16);
	net->kind = host_number(&text, 10);
	for (int i = 5; i >= 0; i--, mac >>= 8)
		net->mac[i] = mac;
	if (is_stream(net)) {
		if (nstreams == sizeof(streams) / sizeof(*streams))
			host_fail("more than two interfaces are streams");
		net->stream = streams[nstreams++];
	}
	host_keep(net->fd);
	host_make_ours(net->fd, false);
	host_watch(LINE_NET + nnets, net->fd);
	nnets++;
}

void host_net_init(void)
{
	char key[] = "rump.net0";
	const char *text;

	while (nnets < NETS_MAX && (text = host_option_text(key))) {
		add(text);
		key[sizeof(key) - 2]++;
	}
}

int rumpuser_net(unsigned int n, struct rumpuser_net *out)
{
	if (n >= nnets)
		return -1;
	out->offload = nets[n].kind == FRAMES_WITH_HEADER;
	out->vsock = nets[n].kind == VSOCK;
	out->line = LINE_NET + n;
	for (int i = 0; i < 6; i++)
		out->mac[i] = nets[n].mac[i];
	return 0;
}

/* Take away from the front what the host has taken. */
static unsigned int advance(struct rumpuser_piece *p, unsigned int count, size_t n)
{
	unsigned int i = 0, left = 0;

	while (i < count && n >= p[i].size)
		n -= p[i++].size;
	for (; i < count; i++, left++)
		p[left] = p[i];
	if (left) {
		p[0].base = (const char *)p[0].base + n;
		p[0].size -= n;
	}
	return left;
}

/* All of it, waiting for a reader who is slow; a frame must not be cut in a stream. */
static int send_stream(struct net *net, const struct rumpuser_piece *pieces, unsigned int count)
{
	struct rumpuser_piece out[PIECES_MAX + 1];
	unsigned int left = count + 1;
	uint8_t prefix[PREFIX];
	uint32_t size = 0;
	bool begun = false;
	long n;

	for (unsigned int i = 0; i < count; i++) {
		out[i + 1] = pieces[i];
		size += pieces[i].size;
	}
	for (int i = 0; i < PREFIX; i++)
		prefix[i] = size >> (24 - 8 * i);
	out[0] = (struct rumpuser_piece){ prefix, PREFIX };
	while (left) {
		n = HOST(NR_WRITEV, net->fd, out, left, 0);
		if (n > 0) {
			begun = true;
			left = advance(out, left, n);
		} else if (n != -HOST_EAGAIN && n != -HOST_EINTR) {
			return -1;
		} else if (!host_wait_for(net->fd, HOST_POLLOUT, SEND_PATIENCE_MS) && !begun) {
			return -1;
		}
	}
	return 0;
}

/* Without room for it the guest will send its second step again. */
static void expect_reply(struct net *net, const struct rumpuser_piece *second)
{
	uint8_t question[HANDSHAKE_QUESTION_SIZE];
	struct rumpuser_piece piece = { question, sizeof(question) };
	unsigned int i = 0;

	while (i < HANDSHAKES_MAX && thirds[i].due)
		i++;
	if (i == HANDSHAKES_MAX || !handshake_third(second->base, second->size, thirds[i].frame))
		return;
	handshake_question(second->base, i + 1, question);
	thirds[i].due = !send_stream(net, &piece, 1);
}

/* Of a small frame one piece is made: to take several costs the host more than that. */
static long send_frame(const struct net *net, const struct rumpuser_piece *pieces,
		       unsigned int count)
{
	static uint8_t frame[SMALL_MOST];
	size_t size = 0;

	for (unsigned int i = 0; i < count; i++) {
		if (pieces[i].size > sizeof(frame) - size)
			return HOST(NR_WRITEV, net->fd, pieces, count, 0);
		copy_bytes(frame + size, pieces[i].base, pieces[i].size);
		size += pieces[i].size;
	}
	return HOST(NR_WRITE, net->fd, frame, size, 0);
}

int rumpuser_net_send(unsigned int n, const struct rumpuser_piece *pieces, unsigned int count)
{
	struct net *net = &nets[n];
	long done;

	if (count > PIECES_MAX)
		return -1;
	if (is_stream(net)) {
		if (send_stream(net, pieces, count))
			return -1;
		if (net->kind == PASST)
			expect_reply(net, pieces);
		return 0;
	}
	done = send_frame(net, pieces, count);
	if (done == -HOST_EAGAIN && host_wait_for(net->fd, HOST_POLLOUT, SEND_PATIENCE_MS))
		done = send_frame(net, pieces, count);
	return done < 0 ? -1 : 0;
}

/* The size of the next whole frame, 0 if there is none. */
static size_t whole(const struct net *net)
{
	const uint8_t *p = net->stream + net->taken;
	size_t size;

	if (net->have - net->taken < PREFIX)
		return 0;
	size = (size_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
	return net->have - net->taken >= PREFIX + size ? size : 0;
}

static void fill_stream(struct net *net)
{
	size_t room;
	long n;

	copy_bytes(net->stream, net->stream + net->taken, net->have - net->taken);
	net->have -= net->taken;
	net->taken = 0;
	room = 2 * RUMPUSER_FRAME_MOST - net->have;
	n = HOST(NR_READ, net->fd, net->stream + net->have, room, 0);
	net->drained = n > 0 && (size_t)n < room;
	if (n > 0)
		net->have += n;
}

static size_t receive_stream(struct net *net, void *buf, size_t room)
{
	size_t size = whole(net);

	if (!size && net->drained) {
		net->drained = false;
		return 0;
	}
	if (!size) {
		fill_stream(net);
		size = whole(net);
	}
	if (!size)
		return 0;
	if (size <= room)
		copy_bytes(buf, net->stream + net->taken + PREFIX, size);
	net->taken += PREFIX + size;
	return size <= room ? size : receive_stream(net, buf, room);
}

/* The third step takes the place of the answer that it waits for. */
static size_t receive_passt(struct net *net, void *buf, size_t room)
{
	size_t size = receive_stream(net, buf, room);
	unsigned int number = handshake_reply(buf, size);

	if (!number || number > HANDSHAKES_MAX || !thirds[number - 1].due || room < HANDSHAKE_SIZE)
		return size;
	thirds[number - 1].due = false;
	copy_bytes(buf, thirds[number - 1].frame, HANDSHAKE_SIZE);
	return HANDSHAKE_SIZE;
}

static long receive(struct net *net, void *buf, size_t size)
{
	if (net->kind == PASST)
		return receive_passt(net, buf, size);
	if (net->kind == STREAM)
		return receive_stream(net, buf, size);
	return HOST(NR_READ, net->fd, buf, size, 0);
}

/*
 * A stream is read as a whole. What a look finds, in a process that computes, is read to its
 * end: the next look may be far.
 */
static bool is_over(const struct net *net)
{
	return !is_stream(net) && host_served_wait() && burst_is_over(&net->burst);
}

size_t rumpuser_net_receive(unsigned int n, void *buf, size_t size)
{
	struct net *net = &nets[n];
	bool over = is_over(net);
	long got = over ? 0 : receive(net, buf, size);

	if (got > 0) {
		burst_frame(&net->burst);
		return got;
	}
	host_watch(LINE_NET + n, net->fd);
	if (burst_end(&net->burst, !over))
		host_try(LINE_NET + n);
	return 0;
}
