# SPDX-License-Identifier: GPL-2.0
# Block devices on block devices, made by Debian's own tools: LUKS by cryptsetup, RAID by mdadm with a
# disk that fails, a file as a disk on exFAT; and a file system in a program.
. "$(dirname "$0")/../lib/testlib.sh"

# One word a line is said when a step went well; the first that does not ends it all.
cat >"$T/steps" <<'SH'
set -e
export DM_DISABLE_UDEV=1
disk() {
	grep -lx "$1" /sys/block/vd*/serial | sed 's,.*/\(vd[a-z]*\)/serial,/dev/\1,'
}
fill() {
	/sbin/mke2fs -q "$1"
	mount -t ext4 "$1" /mnt
	seq 100000 >/mnt/numbers
	sync
}
drop() {
	sync
	echo 3 >/proc/sys/vm/drop_caches
}
sum() {
	echo "$1 $(md5sum </mnt/numbers)"
}

luks=$(disk luks) a=$(disk a) b=$(disk b) c=$(disk c) d=$(disk d) e=$(disk e)
printf 'the right words' >/tmp/key
printf 'the wrong words' >/tmp/wrong
cryptsetup -q luksFormat --pbkdf pbkdf2 --pbkdf-force-iterations 1000 $luks /tmp/key
cryptsetup open --key-file /tmp/key $luks secret
fill /dev/mapper/secret
umount /mnt
cryptsetup close secret
cryptsetup open --key-file /tmp/wrong $luks secret 2>/dev/null || echo "wrong words are refused"
cryptsetup open --key-file /tmp/key $luks secret
mount -t ext4 /dev/mapper/secret /mnt
sum luks
umount /mnt
cryptsetup close secret

mdadm() { /sbin/mdadm --quiet "$@"; }
mdadm --create /dev/md1 --run --level 1 --raid-devices 2 $a $b
fill /dev/md1
mdadm /dev/md1 --fail $a --remove $a
drop
sum 'raid1 degraded'
dd if=/dev/zero of=$a bs=1M count=16 2>/dev/null
mdadm /dev/md1 --add $a
mdadm --wait /dev/md1 || true
mdadm /dev/md1 --fail $b
drop
sum 'raid1 rebuilt'
umount /mnt
mdadm --stop /dev/md1

mdadm --create /dev/md5 --run --level 5 --raid-devices 3 --assume-clean $c $d $e
fill /dev/md5
mdadm /dev/md5 --fail $d --remove $d
drop
sum 'raid5 degraded'
umount /mnt
mdadm --stop /dev/md5
mdadm --assemble /dev/md5 --run $c $e
mount -t ext4 /dev/md5 /mnt
sum 'raid5 assembled degraded'
umount /mnt
mdadm --stop /dev/md5

for level in 0 10; do
	mdadm --create /dev/md$level --run --level $level --raid-devices 4 --assume-clean $a $b $c $d
	fill /dev/md$level
	drop
	sum "raid$level"
	umount /mnt
	mdadm --stop /dev/md$level
done

printf '0 30000 linear %s 0\n30000 25600 striped 2 128 %s 0 %s 0\n' $a $b $c |
	dmsetup create joined
fill /dev/mapper/joined
drop
sum 'device mapper'
umount /mnt
dmsetup remove joined

dd if=/dev/zero of=/exfat/inner bs=1M count=4 2>/dev/null
device=$(losetup -f)
losetup "$device" /exfat/inner
fill "$device"
umount /mnt
losetup -d "$device"
mount -o loop -t ext4 /exfat/inner /mnt
sum 'loop on exfat'
umount /mnt

squashfuse /tree.squashfs /mnt
sum fuse
grep -q 'fuse' /proc/mounts && echo "in a program"
umount /mnt
SH
mkdir "$T/tree"
seq 100000 >"$T/tree/numbers"
must mksquashfs "$T/tree" "$T/tree.squashfs" -quiet -no-progress
bake "$T/layers.img" hw_virtio -m 'add ext4 exfat loop fuse dm_crypt raid0 raid1 raid10 raid456' \
	--deb cryptsetup-bin,dmsetup,mdadm,e2fsprogs,squashfuse --file "$T/steps:/steps" \
	--file "$T/tree.squashfs:/tree.squashfs" /bin/busybox --arg sh --arg /steps
truncate -s 24M "$T/luks"
for disk in a b c d e exfat; do truncate -s 16M "$T/$disk"; done
must mkfs.exfat "$T/exfat"
{
	printf '{ "memory": 128, "blocks": ['
	for disk in luks a b c d e; do printf '{ "image": "%s", "serial": "%s" },\n' "$T/$disk" $disk; done
	printf '{ "image": "%s", "mount": "/exfat" } ] }\n' "$T/exfat"
} >"$T/layers.json"

boot 120 --config "$T/layers.json" "$T/layers.img" </dev/null
same "status" 0 $? "$T/out" "$T/err"
sum=$(md5sum <"$T/tree/numbers")
for what in luks 'raid1 degraded' 'raid1 rebuilt' 'raid5 degraded' 'raid5 assembled degraded' \
	raid0 raid10 'device mapper' 'loop on exfat' fuse; do
	contains "$what" "^$what $sum" "$T/out"
done
contains "luks: wrong words" '^wrong words are refused' "$T/out"
contains "fuse: a program's" '^in a program' "$T/out"
same "luks: nothing can be read on the disk" 0 "$(grep -a -c "^54321$" "$T/luks")" "$T/out"
fsck.exfat -n "$T/exfat" >"$T/fsck" 2>&1
same "exfat is clean" 0 $? "$T/fsck"
