# SPDX-License-Identifier: GPL-2.0
# The Linux ABI, by programs that each look at one part of it; on one CPU and on eight.
. "$(dirname "$0")/../lib/testlib.sh"

truncate -s 16M "$T/disk"
must mkfs.ext4 -q "$T/disk"
cd "$SOURCE/tests/programs/abi" || exit 1
for source in *.c; do
	name=${source%.c}
	# It loads debug registers, which a process cannot.
	[ "$PLATFORM-$name" != proc-debug ] || continue
	program "abi/$name"
	bake "$T/$name.img" "$CONFIG" -m 'add ext4' "$T/$name"
	for cpus in ${CPUS:-1 8}; do
		boot 120 -v -M 256 -s "$cpus" -b "$T/disk,/data" "$T/$name.img" </dev/null
		same "$name, $cpus CPUs: status" 0 $? "$T/out" "$T/err"
		grep -E '^(ok|FAIL) ' "$T/out" | sed "s/^\(ok\|FAIL\) /&$cpus CPUs: /"
	done
done
