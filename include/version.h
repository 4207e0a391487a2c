/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RUMPRUN_VERSION_H
#define RUMPRUN_VERSION_H

#define RUMPRUN_VERSION "1.0"

#endif
