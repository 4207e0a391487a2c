/* SPDX-License-Identifier: GPL-2.0 */
/*
 * PID 1 of a rumprun guest: makes the machine that the configuration asks for,
 * runs its programs, and ends the machine with their exit status.
 */
#ifndef RUMPRUN_INIT_H
#define RUMPRUN_INIT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
	MAX_PROGRAMS = 16,
	MAX_BLOCKS = 32,
	MAX_NETS = 8,
	MAX_NAMESERVERS = 8,
	MAX_SYSPROXY = 8,
	/* The status of a machine whose programs could not be started. */
	STATUS_INIT = 71,
	/* What a shell says of a program that is not there, or cannot be run. */
	STATUS_NOT_FOUND = 127,
	STATUS_NOT_RUN = 126,
};

struct program {
	const char *path;
	const char *cwd;
	/* Both ended by NULL. env holds what is the program's own. */
	const char **args;
	const char **env;
	unsigned int uid, gid;
	/* Its output is the next program's input. */
	int pipe;
	pid_t pid;
};

struct block {
	const char *serial;
	const char *device;
	const char *image;
	const char *mount;
	const char *fstype;
	const char *options;
	int read_only;
};

struct net {
	const char *mac;
	const char *tag;
	const char *inet;
	const char *gateway;
	const char *inet6;
	const char *gateway6;
};

/* How the program's input and output reach the launcher. */
enum io { IO_TTY, IO_FRAMES };

struct conf {
	const char *hostname;
	const char *cwd;
	const char *root;
	/* The device that frames go over; see io.c. */
	const char *frames;
	const char *search;
	const char **env;
	int nenv;
	int grace;
	int network_timeout;
	int read_only;
	enum io io;
	struct program programs[MAX_PROGRAMS];
	int nprograms;
	struct block blocks[MAX_BLOCKS];
	int nblocks;
	struct net nets[MAX_NETS];
	int nnets;
	const char *nameservers[MAX_NAMESERVERS];
	int nnameservers;
	/* Where remote system calls come in, and how far they may go. */
	const char *sysproxy[MAX_SYSPROXY];
	int nsysproxy;
	const char *sysproxy_key;
	const char *sysproxy_allow;
	int sysproxy_read_only;
};

extern struct conf conf;

/* text.c */
void *grab(size_t size);
const char *join(const char *first, ...) __attribute__((sentinel));
const char *decimal(unsigned long n);
const char *error_name(int err);
ssize_t read_file(const char *path, char *buf, size_t size);
int write_file(const char *path, const char *text);

/* calls.c */
void calls_find_entry(void);

/* conf.c */
void conf_read(void);
/* For the first program, behind those that it has. */
void conf_add_arguments(int n, char **arguments);
void conf_parse(char *text, size_t size);

/* root.c */
void root_mount(void);

/* block.c */
const char *block_find(const char *serial, int patience_ms);
void blocks_mount(void);
void blocks_settle(void);

/* fstype.c */
const char *fstype_of(const char *device);

/* Whether it is the name of a type that fstype_of() finds, and so of a component. */
int fstype_known(const char *fstype);

/* net.c */
void net_start(void);
int net_set_inet(const char *name, uint32_t addr, uint32_t mask);
int net_add_gateway(const char *name, uint32_t gateway);
/* One that is known already is not added again. */
void net_add_nameserver(const char *addr);
const char *inet_text(uint32_t addr);

/* net6.c: prepare before the interface is up; what it returns is for configure. */
int net6_prepare(const char *name);
void net6_configure(const struct net *net, const char *name, int advertisements);

/* ra.c */
int ra_open(const char *name);
void ra_read(int fd, const char *name);
void ra_parse(const unsigned char *packet, size_t size, const char *name);
const char *inet6_text(const unsigned char addr[16]);

/* dhcp.c: leases are kept by dhcp_tick, which says in how many ms it wants to be called again. */
void dhcp_start(const char *name, const unsigned char *mac, const char *tag);
long dhcp_tick(void);

/* io.c */
void io_programs(int fds[3]);
void io_started(void);
void io_poll(long timeout_ms);
void io_stderr(const char *text);
void io_end(int status);

/* frame.c */
int frame_open(const char *device);
int frame_fd(void);
int frame_busy(void);
void frame_push(void);
void frame_send(char type, const void *data, size_t size);
void frame_flush(void);
int frame_receive(void (*take)(char type, const unsigned char *data, size_t size));

/* sysproxy.c */
void sysproxy_start(void);

/* program.c */
void programs_start(void);
int programs_status(int *status);
void programs_signal(int sig);
void programs_reaped(pid_t pid, int status);
int programs_alive(void);

/* end.c */
void fatal(const char *first, ...) __attribute__((noreturn, sentinel));
void end_machine(int status) __attribute__((noreturn));

/* loop.c */
long now_ms(void);
void pause_ms(long ms);
void signals_block(void);
void signals_default(void);
void stop_request(void);
/* Before the programs run: wait for input on fd (none: -1), no longer than this. A stop ends us. */
void wait_or_stop(int fd, long ms);
int run(void);

#endif
