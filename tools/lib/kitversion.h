/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RUMPRUN_KITVERSION_H
#define RUMPRUN_KITVERSION_H

/* Of a base's index.json: one more whenever an older rumprun-bake could not use a new kit. */
#define KIT_VERSION 2

#endif
