/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_IST_H
#define _ASM_RUMP_IST_H
/*
 * Interrupt stacks. All code runs at CPL 0, so the CPU would push a frame onto
 * the program's stack, into its red zone; an IST entry in every gate prevents
 * that. IST_ENTRY only ever holds one frame for a few instructions: entry.S
 * moves it to the task's stack. The others are for events that can hit while
 * entry code has neither the kernel's GS nor its stack; each handler stays on
 * its own stack, because such an event can hit between any two instructions.
 */
#define IST_ENTRY	  1
#define IST_DEBUG	  2
#define IST_NMI		  3
#define IST_FATAL	  4 /* double fault, machine check, stack overflow: no way back */

#define IST_ENTRY_SIZE	  512  /* one frame and what entry.S pushes */
#define IST_PARANOID_SIZE 4096 /* printk */
#define IST_TOTAL_SIZE	  (IST_ENTRY_SIZE + 3 * IST_PARANOID_SIZE)

#ifndef __ASSEMBLY__
/* entry.S goes by the order: entry is the lowest, fatal the highest. */
struct ist_stacks {
	char entry[IST_ENTRY_SIZE];
	char debug[IST_PARANOID_SIZE];
	char nmi[IST_PARANOID_SIZE];
	char fatal[IST_PARANOID_SIZE];
} __aligned(16);
#endif
#endif
