# SPDX-License-Identifier: GPL-2.0
# In a process of the host, the cases of sysproxy/socket.sh.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../sysproxy/socket.sh"
