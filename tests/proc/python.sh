# SPDX-License-Identifier: GPL-2.0
# In a process of the host, python3 as Debian ships it, with an ext4 disk.
PATH=$RUMPRUN_BUILD/bin:$PATH
exec rumprun-pkg -p proc test --again python
