// SPDX-License-Identifier: GPL-2.0
/* RAM: a file in the host's memory, mapped wherever the kernel wants to see a page of it. */
#include "proc.h"

enum { AT_PHDR = 3, AT_PHNUM = 5 };
enum { PT_LOAD = 1 };
enum { PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4 };
enum { MAP_SHARED = 1, MAP_PRIVATE = 2, MAP_FIXED = 0x10, MAP_POPULATE = 0x8000 };
enum {
	MFD_CLOEXEC = 1,
	AT_FDCWD = -100,
	O_RDWR = 2,
	O_DIRECTORY = 0200000,
	O_CLOEXEC = 02000000,
	O_TMPFILE = 020000000 | O_DIRECTORY
};

#define DEFAULT_MEGABYTES 64
#define PAGE		  4096ul
#define LARGE_PAGE	  (2ul << 20)
/* Of more, most will never be touched. */
#define POPULATE_MOST (128 * PAGE)

struct elf_segment {
	uint32_t type, flags;
	uint64_t offset, vaddr, paddr, filesz, memsz, align;
};

static int ram_fd, image_fd, module_fd;
static uint64_t ram_size;
/* All of it, where the kernel has mapped it */
static const volatile char *volatile ram;
/* The boot module: at the beginning of RAM, beside what else is used from the start */
static uint64_t module_size;

int host_memory_fd(void)
{
	return ram_fd;
}

int host_image_fd(void)
{
	return image_fd;
}

/* From one file to another through a buffer, as neither is mapped yet. */
static uint64_t copy_file(int from, int to)
{
	static UNMOVED char buffer[16 * PAGE];
	uint64_t done = 0;
	long n;

	while ((n = HOST(NR_PREAD64, from, buffer, sizeof(buffer), done)) > 0) {
		if (HOST(NR_PWRITE64, to, buffer, n, done) != n)
			host_fail("the host has no memory");
		done += n;
	}
	return done;
}

void host_image_init(void)
{
	image_fd = HOST(NR_OPENAT, AT_FDCWD, "/proc/self/exe", O_CLOEXEC, 0);
	if (image_fd < 0)
		host_fail("cannot open /proc/self/exe");
	module_fd = host_option("rump.initrd", -1);
	host_keep(image_fd);
	host_keep(module_fd);
}

/*
 * A file without a name in our own file system comes in large pages: the host gives 2 MiB in the
 * time of 30 small ones. A memfd is what everybody may have, in small pages on most hosts.
 */
static int make_ram(void)
{
	int fd = -1;

	if (host_has_own_files())
		fd = HOST(NR_OPENAT, AT_FDCWD, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	return fd >= 0 ? fd : HOST(NR_MEMFD_CREATE, "rump", MFD_CLOEXEC, 0, 0);
}

void host_memory_init(void)
{
	ram_size = (uint64_t)host_option("rump.memory", DEFAULT_MEGABYTES) << 20;
	ram_fd = make_ram();
	if (ram_fd < 0 || HOST(NR_FTRUNCATE, ram_fd, ram_size, 0, 0))
		host_fail("the host gives no memory");
	if (module_fd >= 0) {
		module_size = copy_file(module_fd, ram_fd);
		HOST(NR_CLOSE, module_fd, 0, 0, 0);
	}
}

/* The kernel's start takes two large pages of the host's at least, the second one late. */
void host_memory_ahead(void)
{
	if (ram)
		(void)ram[LARGE_PAGE];
}

int rumpuser_memory(unsigned int n, struct rumpuser_memory *out)
{
	uint64_t module_pages = (module_size + PAGE - 1) / PAGE * PAGE;

	if (n == 0)
		*out = (struct rumpuser_memory){ PROC_RAM_START, ram_size, RUMPUSER_MEMORY_RAM };
	else if (n == 1 && module_size)
		*out = (struct rumpuser_memory){ PROC_RAM_START, module_pages,
						 RUMPUSER_MEMORY_KEEP };
	else
		return -1;
	return 0;
}

int rumpuser_boot_module(uint64_t *start, uint64_t *size)
{
	*start = PROC_RAM_START;
	*size = module_size;
	return module_size ? 0 : -1;
}

/* Where in its file a part of the image lies; the host has loaded the image from there. */
static int64_t image_offset(uint64_t va)
{
	const struct elf_segment *s = (const void *)host_auxv(AT_PHDR);

	for (uint64_t n = host_auxv(AT_PHNUM); n--; s++)
		if (s->type == PT_LOAD && va >= s->vaddr && va - s->vaddr < s->filesz)
			return s->offset + (va - s->vaddr);
	return -1;
}

int rumpuser_map(uint64_t va, uint64_t pa, size_t size, unsigned int rights)
{
	int prot = (rights & RUMPUSER_READ ? PROT_READ : 0) |
		   (rights & RUMPUSER_WRITE ? PROT_WRITE : 0) |
		   (rights & RUMPUSER_EXEC ? PROT_EXEC : 0);
	int flags = MAP_FIXED | (size <= POPULATE_MOST ? MAP_POPULATE : 0);
	int64_t offset;

	if (pa >= PROC_RAM_START) {
		if (host_call(NR_MMAP, va, size, prot, flags | MAP_SHARED, ram_fd,
			      pa - PROC_RAM_START) != (long)va)
			return -1;
		if (size == ram_size && size > LARGE_PAGE)
			ram = (const volatile char *)va;
		return 0;
	}
	offset = image_offset(pa);
	if (offset < 0 || prot & PROT_WRITE)
		return -1;
	return host_call(NR_MMAP, va, size, prot, flags | MAP_PRIVATE, image_fd, offset) == (long)va
		       ? 0
		       : -1;
}

void rumpuser_unmap(uint64_t va, size_t size)
{
	HOST(NR_MUNMAP, va, size, 0, 0);
}
