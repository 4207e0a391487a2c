/* SPDX-License-Identifier: GPL-2.0 */
/* No popcnt: the baseline x86_64 CPU lacks it and text is never patched. */
#include <asm-generic/bitops/arch_hweight.h>
