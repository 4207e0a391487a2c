# SPDX-License-Identifier: GPL-2.0
# Read by CMake after its own rules: programs are linked statically.
set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
