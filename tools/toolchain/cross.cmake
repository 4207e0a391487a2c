# SPDX-License-Identifier: GPL-2.0
# CMake, for both libraries: the file that includes this has set RUMPRUN_TARGET.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR x86_64)

set(CMAKE_C_COMPILER ${RUMPRUN_TARGET}-gcc)
set(CMAKE_CXX_COMPILER ${RUMPRUN_TARGET}-g++)
set(CMAKE_ASM_COMPILER ${RUMPRUN_TARGET}-gcc)
set(PKG_CONFIG_EXECUTABLE ${RUMPRUN_TARGET}-pkg-config CACHE STRING "")

# What a probe or a test runs, runs on the build machine as well: it is Linux, too.
set(CMAKE_CROSSCOMPILING_EMULATOR /usr/bin/env)

set(BUILD_SHARED_LIBS OFF CACHE BOOL "")
set(CMAKE_USER_MAKE_RULES_OVERRIDE ${CMAKE_CURRENT_LIST_DIR}/static.cmake)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
