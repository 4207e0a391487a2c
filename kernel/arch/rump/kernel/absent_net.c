// SPDX-License-Identifier: GPL-2.0
/*
 * As absent.c, for parts that only a kernel with a network has. Where they are absent, there are no
 * keys and next hops to be found.
 */
#include <linux/init.h>
#include <linux/key.h>
#include <net/ip6_fib.h>
#include <net/nexthop.h>
#include "ethtool.h"

#ifdef CONFIG_KEYS
void __init __weak key_init(void)
{
}

void __weak key_put(struct key *key)
{
}

void __weak key_fsuid_changed(struct cred *new_cred)
{
}

void __weak key_fsgid_changed(struct cred *new_cred)
{
}

int __weak install_thread_keyring_to_cred(struct cred *new)
{
	return 0;
}
#endif

struct nexthop *__weak nexthop_find_by_id(struct net *net, u32 id)
{
	return NULL;
}

void __weak nexthop_free_rcu(struct rcu_head *head)
{
}

int __weak fib_check_nexthop(struct nexthop *nh, u8 scope, struct netlink_ext_ack *extack)
{
	return -EINVAL;
}

int __weak fib6_check_nexthop(struct nexthop *nh, struct fib6_config *cfg,
			      struct netlink_ext_ack *extack)
{
	return -EINVAL;
}

struct nexthop *__weak nexthop_select_path(struct nexthop *nh, int hash)
{
	return NULL;
}

int __weak nexthop_for_each_fib6_nh(struct nexthop *nh, int (*cb)(struct fib6_nh *nh, void *arg),
				    void *arg)
{
	return 0;
}

int __weak rump_dev_ethtool(struct net *net, struct ifreq *ifr, void __user *data)
{
	return -EOPNOTSUPP;
}
