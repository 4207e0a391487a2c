// SPDX-License-Identifier: GPL-2.0
/* Address space of the host's memory, which costs nothing before it is touched. */
#include "proc.h"

enum { PROT_READ = 1, PROT_WRITE = 2 };
enum { MAP_PRIVATE = 2, MAP_FIXED = 0x10, MAP_ANONYMOUS = 0x20, MAP_NORESERVE = 0x4000 };

void rumpuser_reserve(uint64_t va, size_t size)
{
	if (host_call(NR_MMAP, va, size, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != (long)va)
		host_fail("the host gives no address space (sysctl vm.overcommit_memory)");
}
