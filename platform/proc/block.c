// SPDX-License-Identifier: GPL-2.0
/* Block devices: parts of files or devices of the host; rump.blockN=FD,OFFSET,SIZE,RO,SERIAL. */
#include "proc.h"

static struct block {
	int fd;
	uint64_t offset;
	struct rumpuser_block info;
} blocks[BLOCKS_MAX];
static unsigned int nblocks;

static void add(const char *text)
{
	struct block *b = &blocks[nblocks++];
	size_t i = 0;

	b->fd = host_number(&text, 10);
	host_keep(b->fd);
	b->offset = host_number(&text, 10);
	b->info.size = host_number(&text, 10);
	b->info.read_only = host_number(&text, 10);
	while (*text && *text != ' ' && i < sizeof(b->info.serial) - 1)
		b->info.serial[i++] = *text++;
}

void host_block_init(void)
{
	char key[] = "rump.block00";
	const char *text;

	while (nblocks < BLOCKS_MAX && (text = host_option_text(key))) {
		add(text);
		key[sizeof(key) - 3] = '0' + nblocks / 10;
		key[sizeof(key) - 2] = '0' + nblocks % 10;
	}
}

int rumpuser_block(unsigned int n, struct rumpuser_block *out)
{
	if (n >= nblocks)
		return -1;
	*out = blocks[n].info;
	return 0;
}

static int transfer(long nr, unsigned int n, char *buf, size_t size, uint64_t offset)
{
	const struct block *b = &blocks[n];
	long done;

	if (offset > b->info.size || size > b->info.size - offset)
		return -1;
	while (size) {
		done = HOST(nr, b->fd, buf, size, b->offset + offset);
		if (done == -HOST_EINTR)
			continue;
		if (done <= 0)
			return -1;
		buf += done;
		offset += done;
		size -= done;
	}
	return 0;
}

int rumpuser_block_read(unsigned int n, void *buf, size_t size, uint64_t offset)
{
	return transfer(NR_PREAD64, n, buf, size, offset);
}

int rumpuser_block_write(unsigned int n, const void *buf, size_t size, uint64_t offset)
{
	if (blocks[n].info.read_only)
		return -1;
	return transfer(NR_PWRITE64, n, (char *)buf, size, offset);
}

int rumpuser_block_flush(unsigned int n)
{
	long err;

	do {
		err = HOST(NR_FDATASYNC, blocks[n].fd, 0, 0, 0);
	} while (err == -HOST_EINTR);
	return err ? -1 : 0;
}
