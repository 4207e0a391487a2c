/* SPDX-License-Identifier: GPL-2.0 */
/* Kbuild wants the linker script here; each flavour has its own. */
#include "../hw/vmlinux.lds.S"
