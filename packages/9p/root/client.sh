# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# client.sh PORT FOLDER: reads, writes and renames files of a server at the host.
set -e
busybox mount -t 9p -o "trans=tcp,port=$1,version=9p2000.L,aname=$2,uname=root,access=user" 10.0.2.2 /mnt
cd /mnt
busybox sha256sum numbers
busybox seq 20000 >new
busybox mv new written
busybox mkdir -p folder
busybox ln -sf written link
busybox rm -f old
busybox ls
cd /
busybox umount /mnt
