/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_FPU_H
#define _ASM_RUMP_FPU_H
#include <linux/sched.h>
#include <linux/types.h>

/*
 * The kernel itself never computes with FPU registers. They hold the state of
 * the task named by this CPU's fpu_owner; TIF_NEED_FPU_LOAD says that the
 * current task's state is in its task_struct (and perhaps also in registers).
 */
extern unsigned int fpu_size; /* of the image, in FXSAVE or XSAVE format */
extern u64 fpu_xfeatures;     /* XCR0; 0 if there is FXSAVE only */

void fpu_detect(void); /* once, on the boot CPU */
void fpu_init_cpu(void);
void fpu_switch(struct task_struct *prev); /* away from it */
void fpu_load(void);			   /* current's, into registers; preemption off */
void fpu_dup(struct task_struct *child);
void fpu_reset(struct task_struct *t); /* to the initial state, for exec and kernel threads */
const void *fpu_image(struct task_struct *t); /* up to date */

int fpu_exception_code(unsigned long vector); /* si_code of the current task's */

/* Signal frames. @fp is 64-byte aligned user memory. */
int fpu_save_to_user(void __user *fp);
int fpu_restore_from_user(const void __user *fp);
unsigned int fpu_frame_size(void);

static inline bool task_has_fpu(const struct task_struct *t)
{
	return !(t->flags & (PF_KTHREAD | PF_USER_WORKER));
}
#endif
