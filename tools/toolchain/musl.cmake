# SPDX-License-Identifier: GPL-2.0
# cmake -DCMAKE_TOOLCHAIN_FILE=musl.cmake: programs with musl, in C.
set(RUMPRUN_TARGET x86_64-rumprun-linux-musl)
include(${CMAKE_CURRENT_LIST_DIR}/cross.cmake)

# The host's libraries are made for glibc. -DCMAKE_FIND_ROOT_PATH=DIR names a folder with others.
if(NOT CMAKE_FIND_ROOT_PATH)
	set(CMAKE_FIND_ROOT_PATH /usr/lib/x86_64-linux-musl)
endif()
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
