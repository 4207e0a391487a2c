/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_ACCESS_OK_H
#define _ASM_RUMP_ACCESS_OK_H
#include <asm/processor.h>
#include <asm-generic/access_ok.h>
#endif
