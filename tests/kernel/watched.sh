# SPDX-License-Identifier: GPL-2.0
# The kernel that watches itself (lockdep, DEBUG_ATOMIC_SLEEP, SLUB debugging, UBSAN) runs the ABI programs and a
# network service, and has nothing to report.
. "$(dirname "$0")/../lib/testlib.sh"

must make -C "$SOURCE/kernel" B="$RUMPRUN_BUILD" BASES=debug
cat >"$T/debug.conf" <<-EOF
	config debug
		text   The kernel that watches itself
		inherit hw_virtio
		base   debug
		memory 256
EOF

cd "$SOURCE/tests/programs/abi" || exit 1
for source in *.c; do
	name=${source%.c}
	program "abi/$name"
	must rumprun-bake -c "$T/debug.conf" debug "$T/$name.img" "$T/$name"
	boot 300 -v -s 2 -I net0 "$T/$name.img" </dev/null
	same "$name on the watched kernel" 0 $? "$T/out" "$T/err"
	if grep -qE 'WARNING|BUG|UBSAN|INFO: (possible|trying|inconsistent|task)|suspicious RCU' "$T/err"; then
		fail "$name: no report" "the kernel has one" "$T/err"
	else
		ok "$name: no report"
	fi
done
