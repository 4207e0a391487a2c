// SPDX-License-Identifier: GPL-2.0
/* The launcher's own terminal, while it is the program's. */
#include <stdlib.h>
#include <termios.h>

#include "session.h"

static struct termios before;
static bool changed;

void terminal_restore(void)
{
	if (changed)
		tcsetattr(0, TCSADRAIN, &before);
	changed = false;
}

void terminal_raw(void)
{
	struct termios raw;

	if (tcgetattr(0, &before))
		return;
	raw = before;
	cfmakeraw(&raw);
	changed = !tcsetattr(0, TCSANOW, &raw);
	atexit(terminal_restore);
}
