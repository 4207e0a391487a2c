/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_SIGFRAME_H
#define _ASM_RUMP_SIGFRAME_H
/* AT_MINSIGSTKSZ: how much of the stack a signal can take before the handler runs */
unsigned int sigframe_max_size(void);
#endif
