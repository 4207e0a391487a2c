# SPDX-License-Identifier: GPL-2.0
# CMake: a C++ project with a library of Debian's by the toolchain file, booted.
. "$(dirname "$0")/../lib/testlib.sh"
toolchain=$RUMPRUN_BUILD/kit/toolchain

must cmake -G Ninja -S "$SOURCE/tests/programs/cmake" -B "$T/build" -DCMAKE_BUILD_TYPE=Release \
	-DCMAKE_TOOLCHAIN_FILE="$toolchain/gnu.cmake"
must cmake --build "$T/build"
must ctest --test-dir "$T/build"
bake "$T/crosswise.img" hw_minimal "$T/build/crosswise"
contains "made by the cross compiler" 'built by x86_64-rumprun-linux-gnu' "$T/must.out"
boot 100 -M 64 "$T/crosswise.img" </dev/null
same "status" 0 $? "$T/out" "$T/err"
grep -E '^(ok|FAIL) ' "$T/out"

# With musl there is no C++, and Debian's libraries do not count.
cmake -S "$SOURCE/tests/programs/cmake" -B "$T/musl" -DCMAKE_TOOLCHAIN_FILE="$toolchain/musl.cmake" \
	>"$T/out" 2>&1
same "musl: C++ is refused" 1 $? "$T/out"
contains "musl: with the reason" 'no C++ library for musl' "$T/out"
