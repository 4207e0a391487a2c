// SPDX-License-Identifier: GPL-2.0
/* Frames out of a stream that is cut anywhere and has noise between them; the log's tail; words. */
#include "launch.h"
#include "relay.h"
#include "unit.h"

#include <stdlib.h>

struct heard {
	char text[4096];
	size_t size;
};

static void hear(struct heard *h, char type, const void *data, size_t size)
{
	h->text[h->size++] = type;
	memcpy(h->text + h->size, data, size);
	h->size += size;
	h->text[h->size] = '\0';
}

static void on_frame(void *user, char type, const unsigned char *data, size_t size)
{
	hear(user, type, data, size);
}

static void on_noise(void *user, const void *data, size_t size)
{
	struct heard *h = user;

	memcpy(h->text + h->size, data, size);
	h->size += size;
	h->text[h->size] = '\0';
}

/* Every way to cut the stream in pieces of one size gives the same. */
static void cuts(void)
{
	struct sink stream = { .fd = -1 };
	int good = 1;

	sink_put(&stream, "before\n", 7);
	frame_put(&stream, 'o', "out", 3);
	frame_put(&stream, 's', "", 0);
	sink_put(&stream, "\x1e between R\n", 12);
	frame_put(&stream, 'e', "err\x1eR", 5);
	sink_put(&stream, "after", 5);
	for (size_t piece = 1; piece <= stream.size; piece++) {
		struct heard heard = { .size = 0 };
		struct frames *frames = calloc(1, sizeof(*frames));
		struct frame_user to = { on_frame, on_noise, &heard };

		for (size_t at = 0; at < stream.size; at += piece)
			frames_feed(frames, stream.data + at,
				    stream.size - at < piece ? stream.size - at : piece, &to);
		good &= !strcmp(heard.text, "before\noouts\x1e between R\neerr\x1eRafter");
		if (!good)
			printf("# pieces of %zu: %s\n", piece, heard.text);
		free(frames);
	}
	check("frames and noise, cut anywhere", good);
	free(stream.data);
}

static void tails(void)
{
	static struct tail tail;
	char line[32];

	for (int i = 0; i < 20000; i++)
		tail_put(&tail, line, snprintf(line, sizeof(line), "line %d\n", i));
	check("the tail is full", tail.size == sizeof(tail.data));
	check("and ends with the last line",
	      !memcmp(tail.data + tail.size - 11, "line 19999\n", 11));
}

static void words(void)
{
	struct strv list = { 0 };

	check("quotes are taken", !split_words(&list, " -a 'b c'  \"d \\\" e\" f\\ g '' "));
	check("into five words", list.n == 5);
	check_text("a blank in single quotes", "b c", list.v[1]);
	check_text("a quote in double quotes", "d \" e", list.v[2]);
	check_text("a blank behind a backslash", "f g", list.v[3]);
	check_text("an empty word", "", list.v[4]);
	check("an open quote is an error", split_words(&list, "a 'b") < 0);
	strv_free(&list);
}

int main(void)
{
	cuts();
	tails();
	words();
	return 0;
}
