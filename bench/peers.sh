# SPDX-License-Identifier: GPL-2.0
# The peers: how they are made, and how they are booted. Sourced by run.

# What rumprun makes of q35 under TCG, for all.
peer_machine=q35,smm=off,sata=off,smbus=off,usb=off,hpet=off,vmport=off
peer_queues=ioeventfd=off
# A guest that waits for its host finds its clocks in disagreement, and would go on with the worst of them.
peer_arguments="console=ttyS0 quiet panic=-1 reboot=t tsc=reliable"

# make_x86_peer: from the same unpacked source, for the same machine.
make_x86_peer() {
	local config=$out/x86.config
	if [ -f "$x86" ] && cmp -s x86.config "$config"; then
		return
	fi
	echo "bench: building the x86 peer"
	mkdir -p "${x86%/*}"
	make -s -C "$linux" O="${x86%/*}" ARCH=x86 KCONFIG_ALLCONFIG="$PWD/x86.config" allnoconfig >/dev/null
	../kernel/check-config x86.config "${x86%/*}/.config"
	make -s -C "$linux" O="${x86%/*}" ARCH=x86 -j"$(nproc)" vmlinux >"$out/x86.log" 2>&1 || {
		tail "$out/x86.log" >&2
		exit 1
	}
	cp x86.config "$config"
}

# make_cloud_peer: Debian's cloud kernel, and the modules that the network needs.
make_cloud_peer() {
	../scripts/cloud-kernel "${cloud%/*}"
	rm -rf "$out/modules"
	mkdir "$out/modules"
	../scripts/cloud-modules "${cloud%/*}" "$out/modules" virtio_ring virtio virtio_pci_modern_dev \
		virtio_pci_legacy_dev virtio_pci failover net_failover virtio_net
}

# peer_initramfs OUT [TREE [FILE...]]: peer-init as /init, the content of a folder, and files besides; kernel
# modules go to /modules.
peer_initramfs() {
	local to=$1 tree=${2:-} file
	shift $(($# > 2 ? 2 : $#))
	{
		echo "dir /dev 755 0 0"
		echo "nod /dev/console 600 0 0 c 5 1"
		echo "dir /modules 755 0 0"
		echo "file /init $out/peer-init 755 0 0"
		for file; do
			case $file in
			*.ko) echo "file /modules/${file##*/} $file 644 0 0" ;;
			*) echo "file /${file##*/} $file 755 0 0" ;;
			esac
		done
	} >"$to.list"
	(
		cd "${x86%/*}" || exit
		sh "$linux/usr/gen_initramfs.sh" -o "$to" -u 0 -g 0 "$to.list" ${tree:+"$tree"}
	)
}

# peer KERNEL INITRAMFS MB [QEMU-ARGUMENTS [INIT-ARGUMENTS...]]: for no longer than $peer_seconds
peer() {
	local kernel=$1 initramfs=$2 memory=$3 more=${4:-}
	shift $(($# > 4 ? 4 : $#))
	# shellcheck disable=SC2086 # QEMU's arguments are words
	timeout "${peer_seconds:-600}" qemu-system-x86_64 -accel tcg -machine "$peer_machine" -bios qboot.rom -cpu max \
		-m "$memory" -no-reboot -nodefaults -display none $more -serial stdio -kernel "$kernel" -initrd "$initramfs" \
		-append "$peer_arguments -- $*" | tr -d '\r'
}
