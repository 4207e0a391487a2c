// SPDX-License-Identifier: GPL-2.0
/* Internet checksums: arch/x86's loops, which are made for the add with carry. */
#include "../../x86/lib/csum-partial_64.c"
#include "../../x86/lib/csum-wrappers_64.c"
