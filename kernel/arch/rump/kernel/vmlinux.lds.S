/* SPDX-License-Identifier: GPL-2.0 */
/* Kbuild wants the linker script here; each flavour has its own. */
#ifdef CONFIG_RUMP_PROC
#include "../proc/vmlinux.lds.S"
#else
#include "../hw/vmlinux.lds.S"
#endif
