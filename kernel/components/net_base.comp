# SPDX-License-Identifier: GPL-2.0
component ipv6
	text    IPv6
	faction net
	base    net
	option  IPV6=m IPV6_SIT=n IPV6_MULTIPLE_TABLES=n
	module  ipv6

component packet
	text    Packet sockets: DHCP, tcpdump
	faction net
	base    net
	option  PACKET=m
	module  af_packet
