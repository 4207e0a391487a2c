/* SPDX-License-Identifier: GPL-2.0 */
/* What the parts of the proc platform (a process of a Linux host) share. */
#ifndef PROC_H
#define PROC_H

#include "host.h"
#include "rumpuser.h"

/* Variables that stay when the others move into RAM: buffers, little of which is ever used. */
#define UNMOVED __attribute__((section(".bss..unmoved")))

/* Where RAM begins among physical addresses; below it is the image at its virtual ones. */
#define PROC_RAM_START 0x80000000ul

/* Interrupt lines. */
#define NETS_MAX   8
#define BLOCKS_MAX 33
enum {
	LINE_TIMER = RUMPUSER_LINE_TIMER,
	LINE_CONSOLE,
	LINE_STOP,
	LINE_NET,
	LINES = LINE_NET + NETS_MAX
};

/* start.c: the auxiliary vector's value, 0 when it has none */
uint64_t host_auxv(uint64_t type);
__attribute__((noreturn)) void host_fail(const char *what);

/* options.c: what the launcher, or a person at a shell, has given */
void host_options_read(int argc, char **argv);
/* What is behind "key=" on the command line, up to a blank; NULL: there is no such word. */
const char *host_option_text(const char *key);
long host_option(const char *key, long usual);
/* The numbers of a list with commas, one at a time; *p is behind it then. */
uint64_t host_number(const char **p, unsigned int base);

/* memory.c: the image while it can be found, RAM when the process has files of its own */
void host_image_init(void);
void host_memory_init(const struct rumpuser_hyperup *up);
/* Let the host give what the kernel will touch before long. */
void host_memory_ahead(void);
int host_memory_fd(void);
int host_image_fd(void);

/* signal.c: what a handler writes to must not be on the move, so they are blocked to begin with */
void host_signals_init(void);
void host_signals_block(bool block);

/* clock.c, console.c: before the sandbox is closed */
void host_clock_init(void);
void host_console_init(void);
void host_entropy_init(void);
void host_net_init(void);
void host_block_init(void);

/* console.c: makes a descriptor of ours never block, and announce its input by SIGIO if it is to */
void host_make_ours(int fd, bool announce);

/* clock.c: the nanoseconds until the timer is due, 0 if it is, -1 if it is off */
int64_t host_timer_left(void);
void host_timer_fired(void);
/* Whether it is due, which is told once; the host's timer may have come too early. */
bool host_timer_take(void);
/* Let SIGALRM come when it is due, and (not 0) after that time at most. */
void host_timer_keep(unsigned int most_us);
/* Let no SIGALRM come. */
void host_timer_off(void);
/* Microseconds since some time */
uint64_t host_now_us(void);

/*
 * wait.c: descriptors that announce input by a line. A line that was announced is not
 * looked at again before host_watch() arms it, which its reader does when it does not read on.
 * Input that is left then is found by the next wait or look.
 */
void host_watch(unsigned int line, int fd);
/* Let the next wait announce a line that is armed without looking whether there is input. */
void host_try(unsigned int line);
/* Whether what is served now was found by a wait: the next is likely to come soon. */
bool host_served_wait(void);
/* Wait for a descriptor, no longer than that (-1: for ever). */
bool host_wait_for(int fd, short events, long limit_ms);
void host_signalled(void);
void host_raise(unsigned int line);

/* console.c: somebody outside has sent a signal that asks for the end */
void host_stop_signal(void);

/*
 * confine.c: give up all but these descriptors, and, in two steps, all rights. Between the two the
 * kernel begins to start.
 */
void host_keep(int fd);
void host_confine_begin(void);
void host_confine_end(void);
/* Whether the folder "." is a file system in memory that is nobody else's. */
bool host_has_own_files(void);

/*
 * helper.c: a thread between the two, for what takes the host long. Prepared while the host's files
 * are there.
 */
void host_helper_prepare(void);
void host_helper_start(void);
void host_helper_join(void);

/* filter.c: from here on the host does no more than the kernel needs */
void host_filter(void);

#endif
