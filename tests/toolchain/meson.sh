# SPDX-License-Identifier: GPL-2.0
# Meson: a C project by the cross file, for both libraries, booted.
. "$(dirname "$0")/../lib/testlib.sh"

for libc in musl gnu; do
	must meson setup --cross-file "$RUMPRUN_BUILD/kit/toolchain/$libc.meson" \
		"$T/$libc" "$SOURCE/tests/programs/meson"
	must meson test -C "$T/$libc"
	bake "$T/counting.img" hw_minimal "$T/$libc/counting"
	contains "$libc: made by the cross compiler" "built by x86_64-rumprun-linux-$libc" "$T/must.out"
	boot 100 -M 32 "$T/counting.img" </dev/null
	same "$libc: status" 0 $? "$T/out" "$T/err"
	grep -E '^(ok|FAIL) ' "$T/out"
done
