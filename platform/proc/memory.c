// SPDX-License-Identifier: GPL-2.0
/* RAM: a file in the host's memory, mapped wherever the kernel wants to see a page of it. */
#include "proc.h"
#include "bytes.h"

enum { AT_PHDR = 3, AT_PHNUM = 5 };
enum { PT_LOAD = 1 };
enum { PROT_NONE = 0, PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4 };
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
/* Of more, most will never be touched. Of a file, the host maps so much at a fault by itself. */
#define POPULATE_MOST	    (128 * PAGE)
#define POPULATE_IMAGE_MOST (16 * PAGE)
#define HIDDEN_MOST	    32

struct elf_segment {
	uint32_t type, flags;
	uint64_t offset, vaddr, paddr, filesz, memsz, align;
};

/* vmlinux.lds.S: the platform's own variables */
extern char __platform_begin[], __platform_end[];

static int ram_fd, image_fd, module_fd;
static uint64_t ram_size;
/* All of it, where the kernel has mapped it */
static char *ram;
/* At the beginning of RAM, beside what else is used from the start: variables, the boot module */
static uint64_t variables_size, module_size;

int host_memory_fd(void)
{
	return ram_fd;
}

int host_image_fd(void)
{
	return image_fd;
}

/* From one file to another through a buffer, as neither is mapped yet. */
static uint64_t copy_file(int from, int to, uint64_t at)
{
	static UNMOVED char buffer[16 * PAGE];
	uint64_t done = 0;
	long n;

	while ((n = HOST(NR_PREAD64, from, buffer, sizeof(buffer), done)) > 0) {
		if (HOST(NR_PWRITE64, to, buffer, n, at + done) != n)
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

/* The image's segment that has @va in what lies in its file; the host has loaded it from there. */
static const struct elf_segment *segment_of(uint64_t va)
{
	const struct elf_segment *s = (const void *)host_auxv(AT_PHDR);

	for (uint64_t n = host_auxv(AT_PHNUM); n--; s++)
		if (s->type == PT_LOAD && va >= s->vaddr && va - s->vaddr < s->filesz)
			return s;
	return NULL;
}

/* In whole pages of that size */
static uint64_t in_pages(uint64_t size, uint64_t page)
{
	return (size + page - 1) / page * page;
}

/*
 * The host gives and takes back the pages of variables one by one, which are a hundred. In RAM they
 * are a part of its first large page, which comes at once, and which is mapped as one. They are
 * read from the image's file, as nobody but the platform has written to any.
 */
static void move_variables(uint64_t start, uint64_t end)
{
	const struct elf_segment *s = segment_of(start);
	uint64_t size = end - start;
	int64_t filled;

	if (!s)
		host_fail("the image has no variables");
	variables_size = size;
	filled = s->vaddr + s->filesz - start;
	/* vmlinux.lds.S has left room for the rest of the large page. */
	if (host_has_own_files()) {
		size = in_pages(size, LARGE_PAGE);
		size = size < ram_size ? size : ram_size;
	}
	if (HOST(NR_PREAD64, image_fd, ram, filled, s->offset + (start - s->vaddr)) != filled)
		host_fail("cannot read the image from /proc/self/exe");
	copy_bytes(ram + ((uint64_t)__platform_begin - start), __platform_begin,
		   __platform_end - __platform_begin);
	if (rumpuser_map(start, PROC_RAM_START, size, RUMPUSER_READ | RUMPUSER_WRITE))
		host_fail("the host does not map the kernel's variables");
}

void host_memory_init(const struct rumpuser_hyperup *up)
{
	ram_size = (uint64_t)host_option("rump.memory", DEFAULT_MEGABYTES) << 20;
	ram_fd = make_ram();
	if (ram_fd < 0 || HOST(NR_FTRUNCATE, ram_fd, ram_size, 0, 0))
		host_fail("the host gives no memory");
	ram = up->map_memory(PROC_RAM_START, ram_size);
	if (!ram)
		host_fail("the host does not map the memory");
	move_variables((uint64_t)up->variables, (uint64_t)up->variables_end);
	if (module_fd >= 0) {
		module_size = copy_file(module_fd, ram_fd, variables_size);
		HOST(NR_CLOSE, module_fd, 0, 0, 0);
	}
}

/* The kernel's start takes two large pages of the host's at least, the second one late. */
void host_memory_ahead(void)
{
	if (ram_size > LARGE_PAGE)
		(void)*(volatile char *)(ram + LARGE_PAGE);
}

int rumpuser_memory(unsigned int n, struct rumpuser_memory *out)
{
	if (n == 0)
		*out = (struct rumpuser_memory){ PROC_RAM_START, ram_size, RUMPUSER_MEMORY_RAM };
	else if (n == 1)
		*out = (struct rumpuser_memory){ PROC_RAM_START,
						 variables_size + in_pages(module_size, PAGE),
						 RUMPUSER_MEMORY_KEEP };
	else
		return -1;
	return 0;
}

int rumpuser_boot_module(uint64_t *start, uint64_t *size)
{
	*start = PROC_RAM_START + variables_size;
	*size = module_size;
	return module_size ? 0 : -1;
}

static int map(uint64_t va, size_t size, int prot, int flags, int fd, uint64_t offset)
{
	return host_call(NR_MMAP, va, size, prot, MAP_FIXED | flags, fd, offset) == (long)va ? 0
											     : -1;
}

int rumpuser_map(uint64_t va, uint64_t pa, size_t size, unsigned int rights)
{
	int prot = (rights & RUMPUSER_READ ? PROT_READ : 0) |
		   (rights & RUMPUSER_WRITE ? PROT_WRITE : 0) |
		   (rights & RUMPUSER_EXEC ? PROT_EXEC : 0);
	const struct elf_segment *s;

	if (pa >= PROC_RAM_START)
		return map(va, size, prot, MAP_SHARED | (size <= POPULATE_MOST ? MAP_POPULATE : 0),
			   ram_fd, pa - PROC_RAM_START);
	s = segment_of(pa);
	if (!s || prot & PROT_WRITE)
		return -1;
	return map(va, size, prot, MAP_PRIVATE | (size <= POPULATE_IMAGE_MOST ? MAP_POPULATE : 0),
		   image_fd, s->offset + (pa - s->vaddr));
}

/*
 * With page tables that it takes back, the host interrupts each processor that the process has been
 * on, and waits: the helper's sleeps when the first programs come and go. What stays mapped without
 * any right keeps its tables, but counts among the process's mappings.
 */
static bool hide(uint64_t va, size_t size)
{
	static unsigned int hidden;

	if (hidden == HIDDEN_MOST || size > POPULATE_MOST ||
	    HOST(NR_MPROTECT, va, size, PROT_NONE, 0))
		return false;
	hidden++;
	return true;
}

void rumpuser_unmap(uint64_t va, size_t size)
{
	if (!hide(va, size))
		HOST(NR_MUNMAP, va, size, 0, 0);
}
