/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypercall interface: everything the rump kernel asks of the platform
 * under it. Porting to a platform is implementing this header.
 *
 * Rules
 *  - Calls never sleep and take no kernel locks; unless said otherwise they
 *    may be made in any context, with interrupts on or off.
 *  - The caller owns every buffer it passes. Pointers the platform returns
 *    stay valid, and the platform's, until the machine ends.
 *  - Addresses are physical, sizes in bytes, times in nanoseconds or in ticks
 *    of the one monotonic counter (rumpuser_clock_hz).
 *  - int results are 0 or a count when they succeed, -1 when there is no such
 *    thing. There is no other error: what a platform cannot do, it lacks.
 *  - Part 1 is for every platform. Part 2 is for platforms that are machines,
 *    whose kernel runs on the bare processor and drives devices itself.
 */
#ifndef RUMPUSER_H
#define RUMPUSER_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#endif

#define RUMPUSER_VERSION 1

/* ---- Part 1: every platform ------------------------------------------ */

/* What the kernel offers the platform in return; constant after the call. */
struct rumpuser_hyperup {
	/*
	 * Address at which the platform may read memory [pa, pa + size), for ever; NULL: cannot.
	 * Processes: all of RAM, asked for by rumpuser_init(), and the kernel's own way to it.
	 */
	void *(*map_memory)(uint64_t pa, size_t size);
	/* The same for device registers: uncached. Only in contexts that may sleep. */
	void *(*map_device)(uint64_t pa, size_t size);
	/* Physical address of the platform's own static data. */
	uint64_t (*physical)(const void *p);
	/* Processes: the kernel's variables, whole pages; they move to where RAM begins (KEEP). */
	void *variables, *variables_end;
};

/*
 * First call, once, on the boot processor. `boot` is what the platform's entry
 * convention handed over (hw: struct hvm_start_info, or Multiboot 2's two
 * registers). -1: not a boot this platform knows, or another version; only
 * rumpuser_log() may then be called.
 */
int rumpuser_init(int version, const void *boot, const struct rumpuser_hyperup *up);

/* The command line, never NULL. */
const char *rumpuser_command_line(void);

enum rumpuser_memory_type {
	RUMPUSER_MEMORY_RAM,	  /* the kernel's to use */
	RUMPUSER_MEMORY_FIRMWARE, /* holds tables: readable, not usable */
	RUMPUSER_MEMORY_RESERVED, /* hands off */
	RUMPUSER_MEMORY_KEEP,	  /* inside RAM, in use by the boot data: reserve it */
};

struct rumpuser_memory {
	uint64_t start, size;
	enum rumpuser_memory_type type;
};

/* The n-th range of the memory map, in no order; -1 after the last. */
int rumpuser_memory(unsigned int n, struct rumpuser_memory *out);

/* The boot module (an initramfs) in RAM; -1 when there is none. It is in the KEEP ranges too. */
int rumpuser_boot_module(uint64_t *start, uint64_t *size);

/* Kernel log: takes all of it, at once, even from a dying kernel. Not the program's console. */
void rumpuser_log(const char *s, size_t n);

/*
 * The console, a byte stream both ways. write: takes what it can without
 * waiting, 0..n. read: 0..n bytes, 0 when nothing is there. The caller
 * serialises reads among each other, and writes among each other.
 */
size_t rumpuser_console_write(const char *s, size_t n);
size_t rumpuser_console_read(char *s, size_t n);
/* Interrupt line that announces input; -1: none, poll. */
int rumpuser_console_irq(void);

/* Control channel: did the outside ask for an orderly end since the last call? */
bool rumpuser_stop_requested(void);
/* Interrupt line that announces such a request; -1: none will ever come. */
int rumpuser_stop_irq(void);

/* Wall clock: nanoseconds since 1970 UTC at the time of the call; 0: unknown. Early boot, sleeping.
 */
uint64_t rumpuser_clock_wall(void);

/*
 * Monotonic counter: never stops, never goes back, the same on all processors.
 * hz is constant; asking may take a few milliseconds the first time (a machine
 * that does not know must measure). A platform on a machine names the
 * processor's own counter (x86: TSC), which the kernel then reads without a call.
 */
uint64_t rumpuser_clock_hz(void);
uint64_t rumpuser_clock_read(void);

/*
 * One-shot timer of the calling processor: init once per processor, returns
 * the largest delay it takes; arm replaces what was armed, in ticks of the
 * monotonic counter from now, and the timer interrupt follows. 0 disarms.
 * Interrupts off.
 */
uint64_t rumpuser_timer_init(void);
void rumpuser_timer_arm(uint64_t ticks);

/* Unpredictable bytes, as many as there are (0..n). */
size_t rumpuser_entropy(void *buf, size_t n);

/* Wait for an interrupt. Called with interrupts off, returns with them on; none is lost between. */
void rumpuser_idle(void);

/* Ends. They do not return. */
__attribute__((noreturn)) void rumpuser_exit(int status); /* the program's status */
__attribute__((noreturn)) void rumpuser_panic(void);	  /* after the report is logged */
__attribute__((noreturn)) void rumpuser_reset(void);	  /* start again */
__attribute__((noreturn)) void rumpuser_poweroff(void);	  /* status 0; resets where it cannot */
__attribute__((noreturn)) void rumpuser_halt(void);	  /* stop this processor for good */

/* ---- Part 2: machines ------------------------------------------------- */

/* Processors. n counts from 0, the one that booted, to the last. The id is the hardware's (APIC
 * id). */
#define RUMPUSER_CPUS_MAX 64
unsigned int rumpuser_cpu_count(void);
uint32_t rumpuser_cpu_id(unsigned int n);
/*
 * Make another processor run from `entry`: physical, a page boundary below
 * 1 MiB, in real mode. Returns at once; whether it came up is the kernel's to
 * see. Call again for one that did not.
 */
void rumpuser_cpu_start(unsigned int n, uint32_t entry);

/*
 * Interrupts. The local controller is the platform's; init once per processor
 * before anything else here. `timer` and `spurious` are the vectors to use.
 */
void rumpuser_irq_init(unsigned int timer, unsigned int spurious);
void rumpuser_irq_ack(void);
/* Interrupt processor with hardware id `id`. */
void rumpuser_irq_send(uint32_t id, unsigned int vector);

/* Interrupt routers (I/O APICs): n-th, -1 after the last. */
struct rumpuser_irq_router {
	uint64_t address;
	unsigned int gsi_base;
};
int rumpuser_irq_router(unsigned int n, struct rumpuser_irq_router *out);

struct rumpuser_irq_line {
	unsigned int gsi; /* input, counted over all routers */
	bool level, low;  /* else edge, high */
};
/* Where interrupt line `irq` of the console, stop or an ISA device arrives. Always there. */
void rumpuser_irq_line(unsigned int irq, struct rumpuser_irq_line *out);
/*
 * The same for a PCI function: `devfn` and `pin` (1..4) as they arrive on bus 0,
 * `line` its own interrupt line register; -1: not connected.
 */
int rumpuser_pci_irq_line(unsigned int devfn, unsigned int pin, unsigned int line,
			  struct rumpuser_irq_line *out);

/*
 * PCI configuration space of segment 0. attach makes a bus (0..255) reachable:
 * -1 if it cannot be; may sleep. Then read and write `size` 1, 2 or 4 at an
 * aligned `reg`; reads of what is not there give ones. -1: register out of reach.
 * The caller serialises.
 */
int rumpuser_pci_attach(unsigned int bus);
int rumpuser_pci_read(unsigned int bus, unsigned int devfn, unsigned int reg, unsigned int size,
		      uint32_t *value);
int rumpuser_pci_write(unsigned int bus, unsigned int devfn, unsigned int reg, unsigned int size,
		       uint32_t value);

/*
 * Where PCI memory decodes: n-th window, -1 after the last, the best to put a
 * device in first. What firmware placed in any of them stays.
 */
struct rumpuser_window {
	uint64_t start, size;
};
int rumpuser_pci_window(unsigned int n, struct rumpuser_window *out);

/* ---- Part 3: processes of a host --------------------------------------- */

/*
 * The kernel is code of an ordinary process. RAM is a file in the host's memory;
 * the physical addresses of the image are its virtual ones. map lets the process
 * see [pa, pa + size) at va, whatever was there; all are page boundaries. -1: the
 * host has no room for more mappings.
 */
#define RUMPUSER_READ  1u
#define RUMPUSER_WRITE 2u
#define RUMPUSER_EXEC  4u
int rumpuser_map(uint64_t va, uint64_t pa, size_t size, unsigned int rights);
void rumpuser_unmap(uint64_t va, size_t size);

/*
 * Memory of zeros, of which the host gives a page when it is first touched. Only before
 * rumpuser_init(); ends the process if the host has not as much address space.
 */
void rumpuser_reserve(uint64_t va, size_t size);

/*
 * Called once, before the kernel looks at anything from outside: from here on the host does no more
 * than the other calls need. Ends the process if it cannot be confined.
 */
void rumpuser_confine(void);

/* Registers of the process, in the order of Linux's struct pt_regs. */
struct rumpuser_regs {
	uint64_t r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di;
	uint64_t orig_ax, ip, cs, flags, sp, ss;
};

/*
 * The host's signals, as a processor would tell them: vectors below 32 are
 * exceptions, whose error code and (page fault) address x86 defines. It is called on
 * a stack of the platform's own, and no other signal comes meanwhile; the process
 * goes on with what it leaves in regs.
 */
#define RUMPUSER_VECTOR_IRQ	32 /* ask rumpuser_irq_take() */
#define RUMPUSER_VECTOR_SYSCALL 33 /* a syscall instruction, ip is behind it, ax the number */
typedef void rumpuser_trap_fn(struct rumpuser_regs *regs, unsigned int vector, uint64_t error,
			      uint64_t addr);
void rumpuser_trap_init(rumpuser_trap_fn *trap);

/*
 * Interrupt lines that want service, a bit each; told once, until the device's data has
 * been taken. Interrupts off. The lines of the console and of the stop request are what
 * rumpuser_console_irq() and rumpuser_stop_irq() name.
 */
#define RUMPUSER_LINE_TIMER 0
uint64_t rumpuser_irq_take(void);

/*
 * Network interfaces: the n-th, -1 after the last. With `offload` each frame has struct
 * virtio_net_hdr (10 bytes, little-endian) in front of it, both ways, and may be longer
 * than the MTU. With `vsock` the frames are packets of virtio's socket device instead (virtio
 * 1.2, 5.10.6), between the guest, whose CID is 3, and the host; one that was not taken (-1)
 * may be sent again.
 */
#define RUMPUSER_FRAME_MOST (65536 + 64)
struct rumpuser_net {
	uint8_t mac[6];
	bool offload, vsock;
	unsigned int line; /* that announces input */
};
int rumpuser_net(unsigned int n, struct rumpuser_net *out);
struct rumpuser_piece {
	const void *base;
	size_t size;
};
/* One frame. -1: it is lost. */
int rumpuser_net_send(unsigned int n, const struct rumpuser_piece *pieces, unsigned int count);
/* One frame's size; 0: none is there, and the line will tell when one is. */
size_t rumpuser_net_receive(unsigned int n, void *buf, size_t size);

/* Block devices: the n-th, -1 after the last. Calls return when the host is done; -1: an error. */
struct rumpuser_block {
	char serial[21];
	uint64_t size;
	bool read_only;
};
int rumpuser_block(unsigned int n, struct rumpuser_block *out);
int rumpuser_block_read(unsigned int n, void *buf, size_t size, uint64_t offset);
int rumpuser_block_write(unsigned int n, const void *buf, size_t size, uint64_t offset);
/* What was written lies on the host's medium. */
int rumpuser_block_flush(unsigned int n);

#endif
