# SPDX-License-Identifier: GPL-2.0
# Every file system the host can make is found by its own type, written, and read on a new boot.
. "$(dirname "$0")/../lib/testlib.sh"

bake "$T/sh.img" hw_virtio -m 'add ext4' -m 'add xfs' -m 'add btrfs' -m 'add vfat' \
	-m 'add squashfs' -m 'add iso9660' /bin/busybox --arg sh --arg -c

# disk TYPE SIZE COMMAND...
disk() {
	local type=$1
	truncate -s "$2" "$T/$type"
	shift 2
	must "$@" "$T/$type"
	boot 90 -M 256 -b "$T/$type,/mnt/disk" "$T/sh.img" \
		'busybox seq 50000 >/mnt/disk/numbers && busybox grep " /mnt/disk " /proc/mounts' </dev/null
	contains "$type is mounted" "/mnt/disk $type" "$T/out"
	boot 90 -M 256 -b "$T/$type,/mnt/disk" "$T/sh.img" 'busybox md5sum </mnt/disk/numbers' </dev/null
	same "$type keeps what was written" "$(seq 50000 | md5sum)" "$(cat "$T/out")" "$T/err"
}

disk ext4 32M mkfs.ext4 -q
disk xfs 320M mkfs.xfs -q
disk btrfs 128M mkfs.btrfs -q
disk vfat 32M mkfs.vfat

mkdir "$T/tree"
seq 50000 >"$T/tree/numbers"
must mksquashfs "$T/tree" "$T/squashfs" -quiet -no-progress
must genisoimage -quiet -o "$T/iso9660" "$T/tree"
for type in squashfs iso9660; do
	boot 90 -b "$T/$type,/mnt/disk" "$T/sh.img" 'busybox md5sum </mnt/disk/numbers' </dev/null
	same "$type is read" "$(seq 50000 | md5sum)" "$(cat "$T/out")" "$T/err"
done
