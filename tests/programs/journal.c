// SPDX-License-Identifier: GPL-2.0
/*
 * For a machine whose power is cut: "write FILE" appends numbered records, each said on standard
 * output once fsync() has returned; "check FILE N" tells whether the first N are there and whole.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RECORD 4096

static void fill(unsigned int *record, unsigned int number)
{
	for (unsigned int i = 0; i < RECORD / sizeof(*record); i++)
		record[i] = number * 2654435761u + i;
}

static int write_records(int fd)
{
	unsigned int record[RECORD / sizeof(unsigned int)];

	for (unsigned int number = 0;; number++) {
		fill(record, number);
		if (write(fd, record, sizeof(record)) != sizeof(record) || fsync(fd)) {
			perror("journal: write");
			return 1;
		}
		printf("%u\n", number + 1);
		fflush(stdout);
	}
}

static int check_records(int fd, unsigned int count)
{
	unsigned int record[RECORD / sizeof(unsigned int)], expected[RECORD / sizeof(unsigned int)];

	for (unsigned int number = 0; number < count; number++) {
		fill(expected, number);
		if (read(fd, record, sizeof(record)) != sizeof(record) ||
		    memcmp(record, expected, sizeof(record))) {
			printf("record %u is not what was written\n", number);
			return 1;
		}
	}
	printf("%u records\n", count);
	return 0;
}

int main(int argc, char **argv)
{
	int writing = argc == 3 && !strcmp(argv[1], "write");
	int fd;

	if (!writing && (argc != 4 || strcmp(argv[1], "check"))) {
		fprintf(stderr, "usage: journal write FILE | check FILE COUNT\n");
		return 2;
	}
	fd = open(argv[2], writing ? O_WRONLY | O_CREAT | O_APPEND : O_RDONLY, 0644);
	if (fd < 0) {
		perror(argv[2]);
		return 2;
	}
	return writing ? write_records(fd) : check_records(fd, strtoul(argv[3], NULL, 10));
}
