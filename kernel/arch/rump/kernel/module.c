// SPDX-License-Identifier: GPL-2.0
/* Components are linked when an image is baked, by ld. Nothing relocates at run time. */
#include <linux/moduleloader.h>

int apply_relocate_add(Elf64_Shdr *sechdrs, const char *strtab, unsigned int symindex,
		       unsigned int relsec, struct module *me)
{
	return -ENOEXEC;
}
