# SPDX-License-Identifier: GPL-2.0
# In a process of the host, the cases of abi/programs.sh: the Linux ABI.
PLATFORM=proc CONFIG=proc CPUS=1
. "$(dirname "$0")/../abi/programs.sh"
