// SPDX-License-Identifier: GPL-2.0
/*
 * The way to ethtool's requests, a component. What only they reach, in net/ethtool and in drivers,
 * is linked with it.
 */
#include "ethtool.h"

int rump_dev_ethtool(struct net *net, struct ifreq *ifr, void __user *data)
{
	return dev_ethtool(net, ifr, data);
}
