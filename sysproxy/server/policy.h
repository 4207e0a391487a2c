/* SPDX-License-Identifier: GPL-2.0 */
/* What a session may do: everything, only look, or only what is listed. */
#ifndef RUMPRUN_SYSPROXY_POLICY_H
#define RUMPRUN_SYSPROXY_POLICY_H

#include "request.h"

enum { POLICY_NUMBERS = 512 };

struct policy {
	bool read_only;
	bool listed;
	bool allow[POLICY_NUMBERS];
};

/* Names of system calls, with commas between them. NULL, or the name that is unknown. */
const char *policy_allow(struct policy *p, const char *names);
/* Gives up rights that the whole session will not need. 0 or -1. */
int policy_enter(const struct policy *p);
/* 0, or the error number to refuse the call with. */
int policy_check(const struct policy *p, const struct request *r);

#endif
