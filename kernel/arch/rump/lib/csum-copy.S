/* SPDX-License-Identifier: GPL-2.0 */
#include "../../x86/lib/csum-copy_64.S"
