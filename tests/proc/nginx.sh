# SPDX-License-Identifier: GPL-2.0
# In a process of the host, the cases of debian/nginx.sh.
PLATFORM=proc CONFIG=proc CPUS=1
. "$(dirname "$0")/../debian/nginx.sh"
