/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RUMP_ETHTOOL_H
#define RUMP_ETHTOOL_H
#include <linux/netdevice.h>

/* What net/core/dev_ioctl.c calls as dev_ethtool() (kernel/Makefile): an absent one, or Linux's. */
int rump_dev_ethtool(struct net *net, struct ifreq *ifr, void __user *data);

#endif
