# SPDX-License-Identifier: GPL-2.0
# One image on every machine: q35 and microvm, the least CPU and the most, 1 to 8 CPUs, little
# memory and much.
. "$(dirname "$0")/../lib/testlib.sh"

program hello
bake "$T/net.img" hw_virtio "$T/hello"
bake "$T/min.img" hw_minimal "$T/hello"
must musl-gcc -O2 -static -o "$T/small" "$SOURCE/tests/programs/hello.c"
bake "$T/small.img" hw_minimal "$T/small"

# runs WHAT RUMPRUN-ARGUMENTS...
runs() {
	local what=$1
	shift
	boot 60 "$@" x </dev/null
	same "$what" $'1:Hello, rump kernel!\nx' "$?:$(cat "$T/out")" "$T/err"
}

for machine in q35 microvm; do
	for cpu in qemu64 max; do
		for cpus in 1 2 4 8; do
			runs "$machine, $cpu, $cpus CPUs" --machine $machine -g "-cpu $cpu" -s $cpus "$T/net.img"
		done
	done
	runs "$machine, 4 MB for a small program" --machine $machine -M 4 "$T/small.img"
	runs "$machine, 6 MB without net" --machine $machine -M 6 "$T/min.img"
	runs "$machine, 10 MB with net" --machine $machine -M 10 "$T/net.img"
	runs "$machine, 64 GB" --machine $machine -M 65536 "$T/net.img"
done
