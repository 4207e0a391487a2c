# SPDX-License-Identifier: GPL-2.0
# Platform kvm, on a machine where KVM works. tests/slow/kvm.sh runs more there.
. "$(dirname "$0")/../lib/testlib.sh"
. "$SOURCE/tests/lib/kvm_machine.sh"

on_kvm 900 kvm/host launch/status launch/stdio
