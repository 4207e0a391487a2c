# SPDX-License-Identifier: GPL-2.0
# In a process of the host, the cases of launch/stdio.sh: standard streams.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../launch/stdio.sh"
