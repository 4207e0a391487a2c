/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_VDSO_H
#define _ASM_RUMP_VDSO_H
/* vdso/image.S: the shared object, whole pages */
extern char vdso_image[], vdso_image_end[];

/* map.c: from the image to RAM, before there are programs or a clock */
void vdso_move(void);

/* CPU and node in one number: the CPU in the low 12 bits, the node above. */
#define VDSO_CPU_BITS 12
#define VDSO_CPU_MASK 0xfff
#endif
