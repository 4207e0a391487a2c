# SPDX-License-Identifier: GPL-2.0
# In a process of the host, behind passt, the cases of sysproxy/many.sh.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../sysproxy/many.sh"
