# SPDX-License-Identifier: GPL-2.0
# Rust by cargo build --target and Go by go build, with the commands of doc/toolchain.md.
. "$(dirname "$0")/../lib/testlib.sh"

run() {
	bake "$T/$1.img" hw_virtio "$2"
	boot 200 -M 128 "$T/$1.img" </dev/null
	same "$1: status" 0 $? "$T/out" "$T/err"
	grep -E '^(ok|FAIL) ' "$T/out"
}

mkdir -p "$T/threads/src"
cp "$SOURCE/tests/programs/threads.rs" "$T/threads/src/main.rs"
printf '[package]\nname = "threads"\nversion = "1.0.0"\nedition = "2021"\n' >"$T/threads/Cargo.toml"
cd "$T/threads" || exit 1
export CARGO_HOME=$T/cargo
export CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER=x86_64-rumprun-linux-gnu-gcc
export RUSTFLAGS='-C target-feature=+crt-static'
must cargo build --offline --release --target x86_64-unknown-linux-gnu
run rust target/x86_64-unknown-linux-gnu/release/threads
contains "rust: linked by the cross compiler" 'built by x86_64-rumprun-linux-gnu' "$T/must.out"

export GOCACHE=$T/go-cache GO111MODULE=off CGO_ENABLED=0
cd "$T" || exit 1
must go build -o goroutines "$SOURCE/tests/programs/goroutines.go"
run go goroutines
