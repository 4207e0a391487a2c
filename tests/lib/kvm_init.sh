#!/bin/busybox sh
# SPDX-License-Identifier: GPL-2.0
# The first program of a machine with KVM (tests/lib/kvm_machine.sh): over the host's files, which it can only
# read, lies memory that it can write. There it runs the script that the kernel's command line names ($script),
# whose output goes to the second serial port.
PATH=/bin:/usr/sbin:/usr/bin:/sbin
/bin/busybox --install -s /bin
mount -t devtmpfs devtmpfs /dev
for module in /modules/*; do
	insmod "$module"
done
mount -t tmpfs tmpfs /memory
mkdir /memory/files /memory/work
mount -t virtiofs -o ro host /host &&
	mount -t overlay -o lowerdir=/host,upperdir=/memory/files,workdir=/memory/work overlay /root || poweroff -f
cd /root || poweroff -f
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t devtmpfs devtmpfs dev
mkdir dev/pts dev/shm
mount -t devpts devpts dev/pts
mount -t tmpfs tmpfs dev/shm
mount -t tmpfs tmpfs run
ln -s /proc/self/fd dev/fd
ip link set lo up
HOME=/root LANG=C.UTF-8 chroot . /bin/bash "$script" </dev/null >/dev/ttyS1
poweroff -f
