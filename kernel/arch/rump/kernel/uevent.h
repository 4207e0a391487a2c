/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RUMP_UEVENT_H
#define RUMP_UEVENT_H
#include <linux/kobject.h>

struct net;
struct module;
struct netlink_kernel_cfg;
struct sock;

/* lib/kobject_uevent.c, by the names that kernel/Makefile gives */
int linux_uevent_env(struct kobject *kobj, enum kobject_action action, char *envp[]);
struct sock *rump_uevent_socket(struct net *net, int unit, struct module *module,
				struct netlink_kernel_cfg *cfg);
#endif
