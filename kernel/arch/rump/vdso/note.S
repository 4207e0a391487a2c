/* SPDX-License-Identifier: GPL-2.0 */
/* glibc looks for the kernel's version in the vDSO. */
#include <linux/build-salt.h>
#include <linux/elfnote.h>
#include <linux/uts.h>
#include <linux/version.h>

ELFNOTE_START(Linux, 0, "a")
	.long LINUX_VERSION_CODE
ELFNOTE_END

BUILD_SALT
