/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_CONSOLE_H
#define _ASM_RUMP_CONSOLE_H

/* The kernel's log goes to the platform from here on. */
void rump_log_init(void);

#endif
