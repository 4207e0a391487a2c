// SPDX-License-Identifier: GPL-2.0
/*
 * Makes the kernel stumble in a system call: in ring 0, the program can spoil the kernel's list of
 * mounted file systems, which sync() follows. The argument is the address of super_blocks.
 */
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	volatile unsigned long *list = (unsigned long *)strtoul(argc > 1 ? argv[1] : "", NULL, 16);

	if (!list)
		return 2;
	list[0] = 0x10;
	sync();
	return 3;
}
