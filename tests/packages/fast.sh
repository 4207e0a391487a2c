# SPDX-License-Identifier: GPL-2.0
# The packages that are tested each time; make check-packages tests all of them.
PATH=$RUMPRUN_BUILD/bin:$PATH
exec rumprun-pkg test --fast --again
