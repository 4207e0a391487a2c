# SPDX-License-Identifier: GPL-2.0
# In a process of the host, the cases of sysproxy/guest.sh: the host's tools on a running unikernel.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../sysproxy/guest.sh"
