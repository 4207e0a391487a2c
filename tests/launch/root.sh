# SPDX-License-Identifier: GPL-2.0
# A root of 200 MB boots as a small one does: it is a drive out of the image's own file, of which
# nothing is read before it is needed, and the guest runs in 64 MB. --root-in decides by hand.
. "$(dirname "$0")/../lib/testlib.sh"

mkdir "$T/tree" "$T/small"
head -c 200000000 /dev/urandom >"$T/tree/data"
head -c 3000000 /dev/urandom >"$T/small/data"
shell=(/bin/busybox --arg sh --arg -c)
bake "$T/large.img" hw_virtio --root "$T/tree" "${shell[@]}"
bake "$T/small.img" hw_virtio --root-in drive --root "$T/small" "${shell[@]}"
bake "$T/memory.img" hw_virtio --root-in memory --root "$T/small" "${shell[@]}"
bake "$T/ram.img" hw_minimal --root-in ram --root "$T/small" "${shell[@]}"

# read_by_then IMAGE: KB that had been read of the root's drive when the program could look.
read_by_then() {
	boot 60 -M 64 "$1" 'set -- $(cat /sys/block/vda/stat); echo $(($3 / 2))' </dev/null
	cat "$T/out"
}

small=$(read_by_then "$T/small.img")
large=$(read_by_then "$T/large.img")
[ "$small" -gt 0 ] && [ "$large" -gt 0 ] && [ "$large" -le $((small + 256)) ] &&
	ok "no more is read of a large root before the program starts" ||
	fail "no more is read of a large root before the program starts" "$large KB, not $small" "$T/err"

boot 120 -M 64 "$T/large.img" 'md5sum </data' </dev/null
same "all of 200 MB is read in 64 MB of memory" "$(md5sum <"$T/tree/data")" "$(cat "$T/out")" "$T/err"
sum=$(md5sum <"$T/small/data")
# shellcheck disable=SC2016
boot 60 -M 64 "$T/memory.img" 'md5sum </data; ls /sys/block | grep -c vd; grep -o "^[^ ]* / [a-z]*" /proc/mounts' </dev/null
same "--root-in memory: no drive" "$sum"$'\n0\noverlay / overlay' "$(cat "$T/out")" "$T/err"
boot 60 -M 32 "$T/ram.img" 'md5sum </data; grep -o "^[^ ]* / [a-z]*" /proc/mounts' </dev/null
same "--root-in ram: files of the initial RAM disk" "$sum"$'\nrootfs / rootfs' "$(cat "$T/out")" "$T/err"
boot 60 --machine microvm -M 64 "$T/small.img" 'md5sum </data' </dev/null
same "a drive on microvm" "$sum" "$(cat "$T/out")" "$T/err"

# What is written goes to memory, and is gone with the guest; the image stays as it is.
before=$(md5sum <"$T/small.img")
boot 60 "$T/small.img" 'echo new >/data; rm /bin/busybox; cat /data' </dev/null
boot 60 "$T/small.img" 'md5sum </data' </dev/null
same "what was written is forgotten" "$sum" "$(cat "$T/out")" "$T/err"
same "the image is not written to" "$before" "$(md5sum <"$T/small.img")"
