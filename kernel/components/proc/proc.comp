# SPDX-License-Identifier: GPL-2.0
# Of the base for processes only: what stands for the devices that they do not have.
component vsock
	text    AF_VSOCK sockets to the host of a process
	faction net
	base    net
	option  VSOCKETS=m VSOCKETS_DIAG=n VSOCKETS_LOOPBACK=m RUMP_VSOCK=m
	module  vsock_rump vsock_loopback
