# SPDX-License-Identifier: GPL-2.0
# Programs of Go, Rust and C++, built by the host's compilers and taken as they are.
. "$(dirname "$0")/../lib/testlib.sh"

# run NAME: bake and boot $T/NAME, dynamic or static, and pass on its report.
run() {
	bake "$T/$1.img" "$CONFIG" "$T/$1"
	boot 200 -M 256 -s "${CPUS:-2}" "$T/$1.img" </dev/null
	same "$1's status" 0 $? "$T/out" "$T/err"
	grep -E '^(ok|FAIL) ' "$T/out"
}

export GOCACHE=$T/go-cache GO111MODULE=off
must go build -o "$T/goroutines" "$SOURCE/tests/programs/goroutines.go"
run goroutines
must rustc -O -o "$T/threads" "$SOURCE/tests/programs/threads.rs"
run threads
must g++ -O2 -Wall -Wextra -pthread -o "$T/exceptions" "$SOURCE/tests/programs/exceptions.cc"
run exceptions
