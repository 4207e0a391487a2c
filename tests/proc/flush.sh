# SPDX-License-Identifier: GPL-2.0
# What a program wants on the medium is there, as far as the host is concerned, before its call comes
# back: strace sees the host's calls on the disk image, and what the program says in between.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../lib/testlib.sh"

program flush
bake "$T/flush.img" proc -m 'add ext4' "$T/flush"
truncate -s 32M "$T/disk.img"
must mkfs.ext4 -q "$T/disk.img"
timeout -k 10 120 strace -f -qq -y -s 40 -e trace=pwrite64,fdatasync,write -o "$T/trace" \
	rumprun "${platform[@]}" -i -b "$T/disk.img,/data" "$T/flush.img" /data/file </dev/null >"$T/out" 2>"$T/err"
same "status" 0 $? "$T/out" "$T/err"

# In order: WORD-N written to the disk, "sync" of the disk, "said WORD". The program's own calls never
# reach the host; strace shows those that are trapped.
sed -nE 's/^[0-9]+ +//
	s/^fdatasync\([0-9]+<[^>]*disk\.img>\) += 0$/sync/p
	s/^pwrite64\([0-9]+<[^>]*disk\.img>, "([A-Z]+-[0-9]).*/\1/p
	s/^write\(-1, "([a-z_]+)".*/said \1/p' "$T/trace" >"$T/events"

# before WHAT FIRST LAST: between what was said FIRST and LAST, WHAT was written, and synced after that.
before() {
	sed -n "/^said $2\$/,/^said $3\$/p" "$T/events" | sed -n "/^$1\$/,\$p" | grep -qx sync &&
		ok "$3: on the host's medium" || fail "$3: on the host's medium" "no $1 and sync" "$T/events"
}
same "a plain write waits for nothing" "" "$(sed '/^said plain$/q' "$T/events" | grep PLAIN)" "$T/events"
before PLAIN-0 plain fsync
before DATA-1 fsync fdatasync
before DSYNC-2 fdatasync o_dsync
before MSYNC-3 o_dsync msync
before MUNMAP-4 msync munmap
sed -n '/^said exit$/,$p' "$T/events" | sed -n '/^EXIT-5$/,$p' | grep -qx sync &&
	ok "what is mapped at the end" || fail "what is mapped at the end" "no EXIT-5 and sync" "$T/events"

must e2fsck -fn "$T/disk.img"
must debugfs -R "dump /file $T/file" "$T/disk.img"
same "the file" "PLAIN-0 DATA-1 DSYNC-2 MSYNC-3 MUNMAP-4 EXIT-5 " "$(tr -s '\0' ' ' <"$T/file")"
