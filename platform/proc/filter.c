// SPDX-License-Identifier: GPL-2.0
/*
 * The sandbox's filter lets the host do what the kernel needs, asked for
 * from call.S only. Every other syscall instruction is the program's: SIGSYS brings it
 * to the kernel. See doc/security.md.
 */
#include "proc.h"

enum { PR_SET_NO_NEW_PRIVS = 38 };
enum { SECCOMP_SET_MODE_FILTER = 1 };
/* Classic BPF over struct seccomp_data (man 2 seccomp). */
struct bpf {
	uint16_t code;
	uint8_t yes, no;
	uint32_t k;
};
struct bpf_program {
	uint16_t length;
	const struct bpf *code;
};
enum { LOAD = 0x20, JUMP_EQUAL = 0x15, JUMP_SET = 0x45, RETURN = 0x06 };
enum { DATA_NR = 0, DATA_ARCH = 4, DATA_IP = 8, DATA_ARGS = 16 };
#define ARG_LOW(n)	(DATA_ARGS + (n)*8)
#define RET_ALLOW	0x7fff0000u
#define RET_TRAP	0x00030000u
#define RET_EPERM	0x00050001u
#define ARCH_X86_64	0xc000003eu
#define PROT_WRITE_EXEC 6

extern char host_call_ip[], host_sigreturn_ip[];

static struct bpf filter[64];
static unsigned int used;

static void put(uint16_t code, uint32_t k, uint8_t yes, uint8_t no)
{
	filter[used++] = (struct bpf){ code, yes, no, k };
}

static void allow(uint32_t nr)
{
	put(JUMP_EQUAL, nr, 0, 1);
	put(RETURN, RET_ALLOW, 0, 0);
}

/* RAM and the image, never writable and executable at once. */
static void allow_mmap(void)
{
	put(JUMP_EQUAL, NR_MMAP, 0, 9);
	put(LOAD, ARG_LOW(4), 0, 0);
	put(JUMP_EQUAL, host_memory_fd(), 1, 0);
	put(JUMP_EQUAL, host_image_fd(), 0, 4);
	put(LOAD, ARG_LOW(2), 0, 0);
	put(JUMP_SET, 2, 0, 3);
	put(JUMP_SET, 4, 0, 2);
	put(RETURN, RET_EPERM, 0, 0);
	put(RETURN, RET_EPERM, 0, 0);
	put(RETURN, RET_ALLOW, 0, 0);
}

/* To take all rights away. */
static void allow_mprotect(void)
{
	put(JUMP_EQUAL, NR_MPROTECT, 0, 4);
	put(LOAD, ARG_LOW(2), 0, 0);
	put(JUMP_EQUAL, 0, 0, 1);
	put(RETURN, RET_ALLOW, 0, 0);
	put(RETURN, RET_EPERM, 0, 0);
}

static void make_filter(void)
{
	/* The most frequent first */
	static const uint32_t calls[] = { NR_READ,	    NR_WRITE,	      NR_PPOLL,
					  NR_WRITEV,	    NR_TIMER_SETTIME, NR_PREAD64,
					  NR_PWRITE64,	    NR_FDATASYNC,     NR_MUNMAP,
					  NR_CLOCK_GETTIME, NR_EXIT_GROUP };
	uint64_t call = (uint64_t)host_call_ip, back = (uint64_t)host_sigreturn_ip;

	put(LOAD, DATA_ARCH, 0, 0);
	put(JUMP_EQUAL, ARCH_X86_64, 1, 0);
	put(RETURN, RET_TRAP, 0, 0);
	put(LOAD, DATA_IP + 4, 0, 0);
	put(JUMP_EQUAL, call >> 32, 1, 0);
	put(RETURN, RET_TRAP, 0, 0);
	put(LOAD, DATA_IP, 0, 0);
	put(JUMP_EQUAL, (uint32_t)call, 6, 0);
	put(JUMP_EQUAL, (uint32_t)back, 1, 0);
	put(RETURN, RET_TRAP, 0, 0);
	put(LOAD, DATA_NR, 0, 0);
	allow(NR_RT_SIGRETURN);
	put(RETURN, RET_EPERM, 0, 0);
	put(LOAD, DATA_NR, 0, 0);
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		allow(calls[i]);
	allow_mprotect();
	allow_mmap();
	put(RETURN, RET_EPERM, 0, 0);
}

void host_filter(void)
{
	struct bpf_program program = { 0, filter };

	make_filter();
	program.length = used;
	if (HOST(NR_PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0) ||
	    HOST(NR_SECCOMP, SECCOMP_SET_MODE_FILTER, 0, &program, 0))
		host_fail("the host has no seccomp filters");
}
