// SPDX-License-Identifier: GPL-2.0
/* QEMU's firmware configuration device (docs/specs/fw_cfg.rst): the CPU count where no table has
 * it. */
#include "hw.h"
#include "x86.h"

#define SELECTOR      0x510
#define DATA	      0x511
#define KEY_SIGNATURE 0x0000
#define KEY_CPUS      0x0005

static bool present(void)
{
	static const char signature[4] = { 'Q', 'E', 'M', 'U' };
	unsigned int i;

	hw_outw(KEY_SIGNATURE, SELECTOR);
	for (i = 0; i < sizeof(signature); i++)
		if (hw_inb(DATA) != signature[i])
			return false;
	return true;
}

unsigned int hw_fwcfg_cpus(void)
{
	unsigned int lo;

	if (!present())
		return 0;
	hw_outw(KEY_CPUS, SELECTOR);
	lo = hw_inb(DATA);
	return lo | hw_inb(DATA) << 8;
}
