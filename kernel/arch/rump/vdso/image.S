/* SPDX-License-Identifier: GPL-2.0 */
#include <linux/linkage.h>
#include <asm/page.h>

	.section .rodata.vdso, "a"
	.balign	PAGE_SIZE
SYM_DATA_START(vdso_image)
	.incbin	"arch/rump/vdso/vdso.so"
	.balign	PAGE_SIZE
SYM_DATA_END_LABEL(vdso_image, SYM_L_GLOBAL, vdso_image_end)
