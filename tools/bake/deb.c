// SPDX-License-Identifier: GPL-2.0
#include "stage.h"

void stage_packages(struct bake *b)
{
	if (b->opt.packages.n)
		die("--deb comes later");
}
