/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_SEGMENT_H
#define _ASM_RUMP_SEGMENT_H
/* The host's segments: what kernel and program run with, and what programs see. */
#define USER_CS 0x33
#define USER_DS 0x2b
#define RUMP_CS USER_CS
#define RUMP_DS USER_DS
#endif
