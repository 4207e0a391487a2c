// SPDX-License-Identifier: GPL-2.0
/*
 * What the two ends of a remote system call make of bytes that the other one could have sent: the
 * server takes calls apart, the client puts replies into memory.
 */
#include "encode.h"
#include "preamble.h"
#include "request.h"

enum { ARENA = 1 << 16 };

static uint8_t arena[ARENA];

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool inside(uint64_t at, size_t size)
{
	return at < ARENA && size <= ARENA - at;
}

static int arena_in(const struct memory *m, uint64_t from, void *to, size_t size)
{
	(void)m;
	if (!inside(from, size))
		return -1;
	memcpy(to, arena + from, size);
	return 0;
}

static int arena_out(const struct memory *m, uint64_t to, const void *from, size_t size)
{
	(void)m;
	if (!inside(to, size))
		return -1;
	memcpy(arena + to, from, size);
	return 0;
}

/* Every byte that a request claims to have must be there: the sanitizer sees a read beyond. */
static uint32_t touch(const struct request *r)
{
	uint32_t sum = 0;

	for (int i = 0; i < CALL_ARGS; i++) {
		for (uint32_t k = 0; k < r->block[i].in_size; k++)
			sum += r->block[i].in[k];
		if (r->block[i].room > FRAME_MOST)
			__builtin_trap();
	}
	return sum;
}

static void as_server(const uint8_t *data, size_t size)
{
	struct request r;
	struct frame f;

	while (frame_parse(data, size, &f) > 0) {
		if (!request_parse(f.data, f.size, &r) && r.call && touch(&r) == 1)
			return;
		data += FRAME_HEADER + f.size;
		size -= FRAME_HEADER + f.size;
	}
}

static void as_client(const uint8_t *data, size_t size)
{
	static const struct memory m = { .in = arena_in, .out = arena_out };
	struct cursor c = { .p = data, .end = data + size };
	const struct call *call = call_find(get_u32(&c) % 512);
	uint64_t args[CALL_ARGS];
	uint32_t filled = get_u32(&c) % ARENA;
	const uint8_t *content;

	for (int i = 0; i < CALL_ARGS; i++)
		args[i] = get_u64(&c);
	content = get_bytes(&c, filled);
	if (content)
		memcpy(arena, content, filled);
	else
		c.bad = false;
	if (call)
		call_finish(call, args, &m, &c);
}

static void as_console(const uint8_t *data, size_t size)
{
	struct preamble p = { 0 };

	for (size_t i = 0; i < size; i++) {
		preamble_take(&p, data[i]);
		if (preamble_is(&p, PREAMBLE_ASK, preamble_nonce(&p)) !=
		    preamble_is(&p, PREAMBLE_ASK, NULL))
			__builtin_trap();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	if (data[0] % 3 == 0)
		as_server(data + 1, size - 1);
	else if (data[0] % 3 == 1)
		as_client(data + 1, size - 1);
	else
		as_console(data + 1, size - 1);
	return 0;
}
