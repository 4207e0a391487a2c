# SPDX-License-Identifier: GPL-2.0
# Packages that lean on what processes do differently (reserved address space, many threads, a database's
# file locks), as processes of the host; make check-packages tests all of them.
PATH=$RUMPRUN_BUILD/bin:$PATH
exec rumprun-pkg -p proc test --again go nodejs sqlite
