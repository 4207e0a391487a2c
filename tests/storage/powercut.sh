# SPDX-License-Identifier: GPL-2.0
# ext4 on a block device keeps what was synced when the power goes: QEMU is killed in mid-write.
. "$(dirname "$0")/../lib/testlib.sh"

program journal
bake "$T/journal.img" hw_virtio -m 'add ext4' "$T/journal"
truncate -s 64M "$T/disk.img"
must mkfs.ext4 -q "$T/disk.img"

mkfifo "$T/written"
rumprun qemu -i -b "$T/disk.img,/data" "$T/journal.img" write /data/journal \
	>"$T/written" 2>"$T/err" </dev/null &
launcher=$!
while read -r count; do
	if [ "$count" -ge 50 ]; then
		kill -KILL "$(pgrep -P $launcher -f qemu-system)"
		break
	fi
done <"$T/written"
wait $launcher
same "50 records were written" 1 "$((${count:-0} >= 50))" "$T/err"

boot 60 -b "$T/disk.img,/data" "$T/journal.img" check /data/journal "${count:-50}" </dev/null
same "they are there on the next boot" "0:$count records" "$?:$(cat "$T/out")" "$T/err"
e2fsck -fn "$T/disk.img" >"$T/fsck" 2>&1
same "e2fsck finds it clean" 0 $? "$T/fsck"
