# SPDX-License-Identifier: GPL-2.0
# In a process of the host, python3 as Debian ships it, with an ext4 disk.
PLATFORM=proc CONFIG=proc
. "$(dirname "$0")/../lib/testlib.sh"

bake "$T/python.img" proc -m 'add ext4' --deb python3 \
	--file "$SOURCE/packages/python/root/everyday.py:/everyday.py" python3
truncate -s 32M "$T/data.img"
must mkfs.ext4 -q "$T/data.img"
boot 300 -M 256 -b "$T/data.img,/data" "$T/python.img" /everyday.py /data </dev/null
same "python's status" 0 $? "$T/out" "$T/err"
grep -E '^(ok|FAIL) ' "$T/out"
contains "sqlite3 was on ext4" 'ok python: sqlite3 on ext4' "$T/out"
