/* SPDX-License-Identifier: GPL-2.0 */
/* Questions about files, in a library of their own. */
#ifndef FILES_H
#define FILES_H

#include <stdbool.h>

bool file_maps_fixed(void);
bool file_link_with_slash_is_followed(void);
bool file_times_can_be_now(void);
bool file_owner_can_change(void);

#endif
