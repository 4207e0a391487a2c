/* SPDX-License-Identifier: GPL-2.0 */
/* Included by arch/x86/lib/csum-wrappers_64.c. All code runs in ring 0: there is no SMAP. */
