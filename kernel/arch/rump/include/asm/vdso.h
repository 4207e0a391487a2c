/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ASM_RUMP_VDSO_H
#define _ASM_RUMP_VDSO_H
/* vdso/image.S: the shared object, whole pages */
extern char vdso_image[], vdso_image_end[];

/*
 * The limit of a data segment tells CPU and node to the vDSO, by the lsl
 * instruction: the CPU in the low 12 bits, the node above.
 */
#define VDSO_CPU_BITS 12
#define VDSO_CPU_MASK 0xfff
#endif
