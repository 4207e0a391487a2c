# SPDX-License-Identifier: GPL-2.0
# The peers: how they are made, and how they are booted. Sourced by run.

# make_x86_peer: from the same unpacked source, for the same machine.
make_x86_peer() {
	[ -f "$x86" ] && [ "$x86" -nt x86.config ] && return
	echo "bench: building the x86 peer"
	mkdir -p "${x86%/*}"
	make -s -C "$linux" O="${x86%/*}" ARCH=x86 KCONFIG_ALLCONFIG="$PWD/x86.config" allnoconfig >/dev/null
	make -s -C "$linux" O="${x86%/*}" ARCH=x86 -j"$(nproc)" vmlinux >"$out/x86.log" 2>&1 || {
		tail "$out/x86.log" >&2
		exit 1
	}
}

# make_cloud_peer: the kernel out of Debian's package, which is not installed.
make_cloud_peer() {
	local package
	cloud=$out/vmlinuz-cloud
	[ -f "$cloud" ] && return
	echo "bench: fetching Debian's cloud kernel"
	package=$(apt-cache depends linux-image-cloud-amd64 | awk '$1 == "Depends:" { print $2; exit }')
	(cd "$out" && apt-get -q download "$package" >/dev/null && dpkg-deb -x "$package"_*.deb cloud)
	cp "$out"/cloud/boot/vmlinuz-* "$cloud"
}

# peer_initramfs OUT [PROGRAM]: peer-init as /init, and the program.
peer_initramfs() {
	{
		echo "dir /dev 755 0 0"
		echo "nod /dev/console 600 0 0 c 5 1"
		echo "file /init $out/peer-init 755 0 0"
		[ $# -lt 2 ] || echo "file /${2##*/} $2 755 0 0"
	} >"$1.list"
	"${x86%/*}/usr/gen_init_cpio" "$1.list" >"$1"
}

# peer KERNEL INITRAMFS MB [QEMU-ARGUMENTS [PROGRAM]]
peer() {
	# shellcheck disable=SC2086 # QEMU's arguments are words
	timeout 300 qemu-system-x86_64 -accel tcg -machine q35 -cpu max -m "$3" -no-reboot -nodefaults -display none \
		${4:-} -serial stdio -kernel "$1" -initrd "$2" \
		-append "console=ttyS0 quiet panic=-1 reboot=t -- ${5:-}" | tr -d '\r'
}
