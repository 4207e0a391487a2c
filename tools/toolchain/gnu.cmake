# SPDX-License-Identifier: GPL-2.0
# cmake -DCMAKE_TOOLCHAIN_FILE=gnu.cmake: programs with glibc, in C and C++.
set(RUMPRUN_TARGET x86_64-rumprun-linux-gnu)
include(${CMAKE_CURRENT_LIST_DIR}/cross.cmake)
