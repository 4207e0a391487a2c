/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_IO_H
#define _ASM_RUMP_IO_H
/* There is no device that is reached by its registers. */
#include <linux/pgtable.h>
#include <asm-generic/io.h>
#endif
