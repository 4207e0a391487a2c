// SPDX-License-Identifier: GPL-2.0
#include "address.h"

#include <stdlib.h>
#include <string.h>

#define ANY_CID 0xffffffffu

static const char usual[] = "must be tcp:HOST:PORT, unix:PATH, vsock:CID:PORT or console:PATH";
static const char listening_usual[] =
	"must be tcp:PORT, tcp:ADDRESS:PORT, unix:PATH, vsock:PORT or console:PATH";

static const char *parse_number(const char *text, unsigned long most, unsigned int *number)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || n > most)
		return "has no good number at its end";
	*number = n;
	return NULL;
}

static const char *parse_path(const char *text, struct address *a)
{
	if (!*text || strlen(text) >= sizeof(a->path))
		return "must have a path of at most 107 bytes";
	strcpy(a->path, text);
	return NULL;
}

/* What is before the last colon, which may be nothing. */
static const char *split_host(const char *text, char *host, size_t size, const char **rest)
{
	const char *colon = strrchr(text, ':');
	size_t length = colon ? colon - text : 0;

	*rest = colon ? colon + 1 : text;
	if (length >= 2 && text[0] == '[' && text[length - 1] == ']') {
		text++;
		length -= 2;
	}
	if (length >= size)
		return "has too long a host";
	memcpy(host, text, length);
	host[length] = '\0';
	return NULL;
}

static const char *parse_tcp(const char *text, bool listening, struct address *a)
{
	const char *rest, *wrong = split_host(text, a->host, sizeof(a->host), &rest);

	if (wrong)
		return wrong;
	if (!*a->host && !listening)
		return usual;
	return parse_number(rest, 65535, &a->port);
}

static const char *parse_vsock(const char *text, bool listening, struct address *a)
{
	const char *rest, *wrong = split_host(text, a->host, sizeof(a->host), &rest);

	if (wrong)
		return wrong;
	a->cid = ANY_CID;
	if (!*a->host && !listening)
		return usual;
	if (*a->host)
		wrong = parse_number(a->host, ANY_CID, &a->cid);
	return wrong ? wrong : parse_number(rest, ANY_CID, &a->port);
}

const char *address_parse(const char *text, bool listening, struct address *a)
{
	memset(a, 0, sizeof(*a));
	if (!strncmp(text, "tcp:", 4))
		return parse_tcp(text + 4, listening, a);
	if (!strncmp(text, "vsock:", 6)) {
		a->transport = TRANSPORT_VSOCK;
		return parse_vsock(text + 6, listening, a);
	}
	if (!strncmp(text, "unix:", 5)) {
		a->transport = TRANSPORT_UNIX;
		return parse_path(text + 5, a);
	}
	if (!strncmp(text, "console:", 8)) {
		a->transport = TRANSPORT_CONSOLE;
		return parse_path(text + 8, a);
	}
	return listening ? listening_usual : usual;
}
