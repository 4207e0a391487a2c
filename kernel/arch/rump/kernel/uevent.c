// SPDX-License-Identifier: GPL-2.0
/*
 * Of each device that comes and goes Linux makes a text of a dozen words, for programs that listen
 * at netlink (NETLINK_KOBJECT_UEVENT). At the start, when fifty come, there are none. So the calls
 * lead here (kernel/Makefile), and on only when somebody listens.
 */
#include <linux/export.h>
#include <linux/kobject.h>
#include <linux/netlink.h>
#include "uevent.h"

#ifdef CONFIG_NET
static struct sock *first;

/* Which programs listen is kept for all network namespaces in one, by protocol. */
struct sock *rump_uevent_socket(struct net *net, int unit, struct module *module,
				struct netlink_kernel_cfg *cfg)
{
	struct sock *sk = __netlink_kernel_create(net, unit, module, cfg);

	if (!first)
		first = sk;
	return sk;
}

static bool heard(void)
{
	return first && netlink_has_listeners(first, 1);
}
#else
static bool heard(void)
{
	return false;
}
#endif

int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char *envp[])
{
	if (heard())
		return linux_uevent_env(kobj, action, envp);
	/* Linux tells of the end of what it has told of, if nobody else does. */
	if (action == KOBJ_ADD)
		kobj->state_add_uevent_sent = 1;
	if (action == KOBJ_REMOVE)
		kobj->state_remove_uevent_sent = 1;
	return 0;
}
EXPORT_SYMBOL_GPL(kobject_uevent_env);

int kobject_uevent(struct kobject *kobj, enum kobject_action action)
{
	return kobject_uevent_env(kobj, action, NULL);
}
EXPORT_SYMBOL_GPL(kobject_uevent);
