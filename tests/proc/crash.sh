# SPDX-License-Identifier: GPL-2.0
# In a process of the host, the cases of kernel/crash.sh: reports of crashes; and a kernel stack that
# runs over.
PLATFORM=proc CONFIG=proc
# What is called for the first time is trapped by the host.
entry=trapped_syscall
. "$(dirname "$0")/../kernel/crash.sh"
