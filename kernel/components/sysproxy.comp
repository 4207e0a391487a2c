# SPDX-License-Identifier: GPL-2.0
component sysproxy
	text    Server of remote system calls, for rumpctrl
	faction tool
	program sysproxyd
