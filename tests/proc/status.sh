# SPDX-License-Identifier: GPL-2.0
# In a process of the host, the cases of launch/status.sh: exit status and crash reports.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../launch/status.sh"
