/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_FSGSBASE_H
#define _ASM_RUMP_FSGSBASE_H
/*
 * The program's FS and GS bases (TLS). With CR4.FSGSBASE programs change them
 * without a system call, so what thread_struct has is stale while they run.
 */
struct task_struct;

void fsgsbase_init_cpu(void);
void fsgsbase_save(struct task_struct *t); /* current's, into thread_struct */
void fsgsbase_switch(struct task_struct *prev, struct task_struct *next);
void fsgsbase_reset(struct task_struct *t); /* current's, for exec */
void fsgsbase_set_fs(unsigned long base);
void fsgsbase_set_gs(unsigned long base);

extern bool fsgsbase_instructions;
#endif
