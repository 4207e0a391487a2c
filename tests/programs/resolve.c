// SPDX-License-Identifier: GPL-2.0
/* Looks its arguments up as every program does, and prints the addresses or why there are none. */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>

static void print(const struct addrinfo *a)
{
	char text[64];

	if (!getnameinfo(a->ai_addr, a->ai_addrlen, text, sizeof(text), NULL, 0, NI_NUMERICHOST))
		puts(text);
}

int main(int argc, char **argv)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *list;

	for (int i = 1; i < argc; i++) {
		int err = getaddrinfo(argv[i], NULL, &hints, &list);

		if (err) {
			printf("%s: %s\n", argv[i],
			       err == EAI_NONAME ? "no such name" : gai_strerror(err));
			continue;
		}
		for (const struct addrinfo *a = list; a; a = a->ai_next)
			print(a);
		freeaddrinfo(list);
	}
	return 0;
}
