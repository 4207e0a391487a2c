# SPDX-License-Identifier: GPL-2.0
# What runs without KVM runs on it, too. storage/sharing is left out: the machine's files cannot be exported.
. "$(dirname "$0")/../lib/testlib.sh"
. "$SOURCE/tests/lib/kvm_machine.sh"

on_kvm 3400 abi boot/machines debian/redis debian/nginx launch/gdb launch/network storage/filesystems storage/layers \
	storage/powercut network/sockets kernel/crash
