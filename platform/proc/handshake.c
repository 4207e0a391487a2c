// SPDX-License-Identifier: GPL-2.0
/*
 * The passt of Debian 12 takes the second step of a TCP handshake (SYN, ACK) and is silent until
 * its client has something to say: a server that speaks first would wait for ever. Nothing is lost
 * on the way to passt, so that the third step, the ACK, can be made here.
 *
 * It must not be made too early: passt comes to no end when it reads the second step and the
 * server's first words at once. So it is asked by ARP after the second step, for the client's
 * address, which it always claims to have; its answer, which bears the asker's address, shows that
 * it has read both. The asker's address is one of 0.0.0.0/8, which nobody has. Numbers are
 * big-endian.
 */
#include "handshake.h"
#include "bytes.h"

enum { ETHERNET = 14, IP = 20, TCP = 20, ARP = 28 };
enum { TYPE_AT = 12, TYPE_IP = 0x0800, TYPE_ARP = 0x0806, PROTOCOL_TCP = 6 };
enum { SOURCE_AT = 12, TARGET_AT = 16, ADDRESSES = 8 };			/* of IP */
enum { OP_AT = 6, SENDER_AT = 8, ASKED_AT = 24, ASKER = 1, REPLY = 2 }; /* of ARP */
enum { FIN = 1, SYN = 2, RST = 4, ACK = 16 };

/* In the unit that passt has told in its SYN, which is not known here; its first ACK tells more. */
enum { WINDOW = 64 };

static unsigned int get16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

static void put16(uint8_t *p, unsigned int value)
{
	p[0] = value >> 8;
	p[1] = value;
}

static void clear(uint8_t *to, unsigned int size)
{
	while (size--)
		*to++ = 0;
}

/* Two fields side by side, the other way round. */
static void swap(uint8_t *to, const uint8_t *from, unsigned int size)
{
	copy_bytes(to, from + size, size);
	copy_bytes(to + size, from, size);
}

static unsigned int checksum(const uint8_t *p, unsigned int size, unsigned int more)
{
	uint32_t total = more;

	for (unsigned int i = 0; i < size; i += 2)
		total += get16(p + i);
	total = (total & 0xffff) + (total >> 16);
	total = (total & 0xffff) + (total >> 16);
	return total ^ 0xffff;
}

/* The TCP header of a second step; NULL if it is something else. */
static const uint8_t *second_step(const uint8_t *frame, size_t size)
{
	const uint8_t *ip = frame + ETHERNET, *tcp;
	unsigned int length;

	if (size < ETHERNET + IP + TCP || get16(frame + TYPE_AT) != TYPE_IP ||
	    ip[9] != PROTOCOL_TCP)
		return NULL;
	length = (ip[0] & 15) * 4;
	tcp = ip + length;
	if (size < ETHERNET + length + TCP || (tcp[13] & (FIN | SYN | RST | ACK)) != (SYN | ACK))
		return NULL;
	return tcp;
}

static void make_ip(uint8_t *out, const uint8_t *ip)
{
	out[0] = 4 << 4 | IP / 4;
	put16(out + 2, IP + TCP);
	out[8] = 64;
	out[9] = PROTOCOL_TCP;
	swap(out + SOURCE_AT, ip + SOURCE_AT, 4);
	put16(out + 10, checksum(out, IP, 0));
}

/* Its number is the one that the second step waits for, and the other way round. */
static void make_tcp(uint8_t *out, const uint8_t *tcp)
{
	uint32_t next = ((uint32_t)get16(tcp + 4) << 16 | get16(tcp + 6)) + 1;

	swap(out, tcp, 2);
	copy_bytes(out + 4, tcp + 8, 4);
	put16(out + 8, next >> 16);
	put16(out + 10, next);
	out[12] = TCP / 4 << 4;
	out[13] = ACK;
	put16(out + 14, WINDOW);
	put16(out + 16, checksum(out - ADDRESSES, ADDRESSES + TCP, PROTOCOL_TCP + TCP));
}

bool handshake_third(const uint8_t *frame, size_t size, uint8_t *out)
{
	const uint8_t *tcp = second_step(frame, size);

	if (!tcp)
		return false;
	clear(out, HANDSHAKE_SIZE);
	swap(out, frame, 6);
	put16(out + TYPE_AT, TYPE_IP);
	make_ip(out + ETHERNET, frame + ETHERNET);
	make_tcp(out + ETHERNET + IP, tcp);
	return true;
}

void handshake_question(const uint8_t *frame, unsigned int number, uint8_t *out)
{
	uint8_t *arp = out + ETHERNET;

	clear(out, HANDSHAKE_QUESTION_SIZE);
	copy_bytes(out, frame, TYPE_AT);
	put16(out + TYPE_AT, TYPE_ARP);
	put16(arp, 1);
	put16(arp + 2, TYPE_IP);
	arp[4] = 6;
	arp[5] = 4;
	put16(arp + OP_AT, ASKER);
	copy_bytes(arp + SENDER_AT, frame + 6, 6);
	put16(arp + SENDER_AT + 8, number);
	copy_bytes(arp + ASKED_AT, frame + ETHERNET + TARGET_AT, 4);
}

unsigned int handshake_reply(const uint8_t *frame, size_t size)
{
	const uint8_t *arp = frame + ETHERNET;

	if (size < ETHERNET + ARP || get16(frame + TYPE_AT) != TYPE_ARP ||
	    get16(arp + OP_AT) != REPLY || get16(arp + ASKED_AT))
		return 0;
	return get16(arp + ASKED_AT + 2);
}
