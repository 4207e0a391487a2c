// SPDX-License-Identifier: GPL-2.0
/* The third step of TCP's handshake, and the question that it waits for. */
#include "handshake.h"
#include "unit.h"

enum { IP = 14, TCP = 34 };

/* From 10.0.2.15:80 to 192.0.2.7:4660: number 0x01fffffe, next one of the client 0x11223344. */
static const uint8_t second[58] = {
	0x9a, 1,    2,	  3,	4,    5,    0x52, 0x54, 0,    6,    7,	  8,	0x08, 0x00, 0x45,
	0,    0,    44,	  0,	0,    0x40, 0,	  64,	6,    0,    0,	  10,	0,    2,    15,
	192,  0,    2,	  7,	0,    80,   0x12, 0x34, 0x01, 0xff, 0xff, 0xfe, 0x11, 0x22, 0x33,
	0x44, 0x60, 0x12, 0xff, 0xff, 0,    0,	  0,	0,    2,    4,	  5,	0xb4,
};

static const uint8_t third[HANDSHAKE_SIZE] = {
	0x52, 0x54, 0,	  6,	7,    8,    0x9a, 1,	2,    3,    4,	  5,	0x08, 0x00,
	0x45, 0,    0,	  40,	0,    0,    0,	  0,	64,   6,    0xac, 0xba, 192,  0,
	2,    7,    10,	  0,	2,    15,   0x12, 0x34, 0,    80,   0x11, 0x22, 0x33, 0x44,
	0x01, 0xff, 0xff, 0xff, 0x50, 0x10, 0,	  64,	0x88, 0x95, 0,	  0,
};

/* Copies that end where the frame does, so that the sanitizers see who reads on. */
static bool is_second(const uint8_t *frame, size_t size)
{
	uint8_t copy[size], out[HANDSHAKE_SIZE];

	memcpy(copy, frame, size);
	return handshake_third(copy, size, out);
}

static unsigned int reply_to(const uint8_t *frame, size_t size)
{
	uint8_t copy[size];

	memcpy(copy, frame, size);
	return handshake_reply(copy, size);
}

static void test_third(void)
{
	uint8_t out[HANDSHAKE_SIZE], other[sizeof(second)];
	bool cut = false;

	memset(out, 0xff, sizeof(out));
	check("a second step", handshake_third(second, sizeof(second), out));
	check("its third step", !memcmp(out, third, sizeof(third)));
	for (size_t size = 1; size < TCP + 20; size++)
		cut |= is_second(second, size);
	check("none is cut", !cut);
	check("a third step is none", !is_second(third, sizeof(third)));
	memcpy(other, second, sizeof(other));
	other[TCP + 13] = 2;
	check("nor is a first one", !is_second(other, sizeof(other)));
	memcpy(other, second, sizeof(other));
	other[IP + 9] = 17;
	check("nor is UDP", !is_second(other, sizeof(other)));
	memcpy(other, second, sizeof(other));
	other[IP] = 0x4f;
	check("nor is a header that is longer than the frame", !is_second(other, sizeof(other)));
}

static void test_question(void)
{
	uint8_t asked[HANDSHAKE_QUESTION_SIZE], reply[HANDSHAKE_QUESTION_SIZE];
	bool cut = false;

	handshake_question(second, 513, asked);
	check("a question goes the same way", !memcmp(asked, second, 12));
	check("it asks for the client", !memcmp(asked + 38, second + IP + 16, 4));
	check("a question is no reply", !reply_to(asked, sizeof(asked)));
	/* As a host does that has the address. */
	memcpy(reply, asked, sizeof(reply));
	memcpy(reply, asked + 6, 6);
	memcpy(reply + 6, second, 6);
	reply[21] = 2;
	memcpy(reply + 22, second, 6);
	memcpy(reply + 28, asked + 38, 4);
	memcpy(reply + 32, asked + 22, 10);
	check("the reply to it", reply_to(reply, sizeof(reply)) == 513);
	for (size_t size = 1; size < sizeof(reply); size++)
		cut |= reply_to(reply, size);
	check("no reply is cut", !cut);
	reply[38] = 10;
	check("a reply to somebody else", !reply_to(reply, sizeof(reply)));
}

int main(void)
{
	test_third();
	test_question();
	return 0;
}
