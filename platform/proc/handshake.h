/* SPDX-License-Identifier: GPL-2.0 */
/* The third step of TCP's handshake by IPv4, in place of a network that leaves it out. */
#ifndef PROC_HANDSHAKE_H
#define PROC_HANDSHAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of Ethernet frames. */
enum { HANDSHAKE_SIZE = 54, HANDSHAKE_QUESTION_SIZE = 42 };

/* If a frame is the second step (SYN, ACK), make the third one in out. */
bool handshake_third(const uint8_t *frame, size_t size, uint8_t *out);

/* The question to send behind the second step; number is 1 to 65535. */
void handshake_question(const uint8_t *frame, unsigned int number, uint8_t *out);

/* Which question a frame that has come is the answer to; 0: none. */
unsigned int handshake_reply(const uint8_t *frame, size_t size);

#endif
