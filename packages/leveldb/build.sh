# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
cmake -S . -B out -DCMAKE_TOOLCHAIN_FILE="$TOOLCHAIN/$LIBC.cmake" -DCMAKE_BUILD_TYPE=Release \
	-DLEVELDB_BUILD_TESTS=OFF -DLEVELDB_BUILD_BENCHMARKS=OFF
cmake --build out --target leveldb
mkdir -p "$OUT/usr/bin"
"$CXX" -O2 -Iinclude -o "$OUT/usr/bin/store" "$RECIPE/store.cc" out/libleveldb.a -pthread
