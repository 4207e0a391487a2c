/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_TRAP_H
#define _ASM_RUMP_TRAP_H
#include <linux/types.h>
#include <asm/rumpuser.h>

/* entry.S: whether the program runs, which it tells with its last instruction and its first */
extern unsigned char rump_in_program;

/* entry.S: where trap.c lets the host go on, with struct pt_regs at rsp and in rdi */
extern char trapped_syscall[], trapped_vector[], trapped_overflow[];

/* entry.S: from the last look for interrupts to the program; a signal in between goes back */
extern char exit_window[], exit_window_end[], iret_window[], iret_window_end[];
extern char exit_again[];
/* entry.S: the iret to the program, whose registers are on the stack yet */
extern char iret_to_program[];

/* trap.c: what the host's signals are told to; on the platform's own stack */
void rump_trap(struct rumpuser_regs *regs, unsigned int vector, uint64_t error, uint64_t addr);
#endif
