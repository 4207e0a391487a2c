# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A machine on which KVM works, on any host: Debian's cloud kernel in a QEMU that emulates a CPU with AMD-V. It
# sees the host's files as they are, and writes to memory of its own.

# Without XSAVE: QEMU up to 7.2 does not leave XSETBV to the hypervisor (target/i386/tcg/translate.c asks for no
# intercept there), and KVM goes on with a wrong XCR0.
KVM_MACHINE_CPU=max,+svm,-xsave
KVM_MACHINE_MODULES="virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci fuse virtiofs overlay
	irqbypass kvm kvm-amd tun
	vhost_iotlb vhost vsock vmw_vsock_virtio_transport_common vhost_vsock"

# kvm_machine_initramfs OUT
kvm_machine_initramfs() {
	local tree=$T/initramfs
	mkdir -p "$tree"/{bin,dev,proc,sys,modules,memory,host,root}
	cp /bin/busybox "$tree/bin/"
	cp "$SOURCE/tests/lib/kvm_init.sh" "$tree/init"
	chmod +x "$tree/init"
	# shellcheck disable=SC2086 # names
	must "$SOURCE/scripts/cloud-modules" "$RUMPRUN_BUILD/cloud" "$tree/modules" $KVM_MACHINE_MODULES
	(cd "$tree" && find . | cpio --quiet -o -H newc -R 0:0) >"$1"
}

# kvm_machine SECONDS SCRIPT: run a bash script in it; what it prints is printed. One that takes longer is
# stopped, and the machine's console shown.
kvm_machine() {
	local status
	must "$SOURCE/scripts/cloud-kernel" "$RUMPRUN_BUILD/cloud"
	kvm_machine_initramfs "$T/initramfs.cpio"
	serve virtiofsd /usr/lib/qemu/virtiofsd --socket-path="$T/files" -o source=/ -o cache=always -o sandbox=chroot
	until_ok 20 test -S "$T/files"
	timeout --foreground -k 10 "$1" qemu-system-x86_64 -accel tcg -cpu "$KVM_MACHINE_CPU" -machine q35 -m 3G \
		-object memory-backend-memfd,id=ram,size=3G,share=on -numa node,memdev=ram \
		-chardev "socket,id=files,path=$T/files" -device vhost-user-fs-pci,chardev=files,tag=host \
		-nodefaults -no-user-config -no-reboot -display none -serial "file:$T/console" -serial stdio \
		-kernel "$RUMPRUN_BUILD/cloud/vmlinuz" -initrd "$T/initramfs.cpio" \
		-append "console=ttyS0 quiet panic=-1 mitigations=off script=$2" </dev/null 2>"$T/machine" | tr -d '\r'
	status=${PIPESTATUS[0]}
	if [ "$status" != 0 ]; then
		fail "a machine with KVM" "status $status (124: stopped after $1 s)" "$T/machine" "$T/console"
	fi
}

# on_kvm SECONDS TEST...: those of tests/, in it, with platform kvm.
on_kvm() {
	local seconds=$1
	shift
	echo "PLATFORM=kvm RUMPRUN_BUILD=$RUMPRUN_BUILD $SOURCE/tests/run -v -j 1 $*" >"$T/script"
	kvm_machine "$seconds" "$T/script" | tee "$T/tests" | sed -n 's/^    //p'
	grep -q '^[0-9]* passed, [0-9]* failed$' "$T/tests" ||
		fail "$* on KVM" "the tests did not come to their end" "$T/tests" "$T/console"
}
