# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154
# Remote system calls (rumpctrl, with a key) against ssh into a Linux guest: Debian's cloud kernel with
# dropbear. Each guest has 256 MB and a tap interface of its own. Sourced by run, as bench_remote.

remote_bytes=104857600
remote_namespace=rumprun-remote

remote_inside() {
	ip netns exec "$remote_namespace" "$@"
}

# The Linux guest's init.
remote_init() {
	cat <<-EOF
		#!/bin/busybox sh
		/bin/busybox mkdir -p /proc /tmp
		/bin/busybox mount -t proc proc /proc
		/bin/busybox mount -t devtmpfs devtmpfs /dev
		/bin/busybox mkdir -p /dev/pts
		/bin/busybox mount -t devpts devpts /dev/pts
		/bin/busybox mount -t tmpfs tmpfs /tmp
		for module in /modules/*; do /bin/busybox insmod \$module; done
		/bin/busybox ip link set eth0 up
		/bin/busybox ip address add 10.97.1.2/24 dev eth0
		/bin/busybox head -c $remote_bytes /dev/zero >/tmp/big
		exec /bin/dropbear -F -E -s -r /etc/hostkey
	EOF
}

# remote_tree: the lines of gen_init_cpio for busybox, dropbear and the libraries that it needs.
remote_tree() {
	local name file
	for name in bin dev etc lib lib64 lib/x86_64-linux-gnu modules root root/.ssh; do
		echo "dir /$name 755 0 0"
	done
	echo "nod /dev/console 600 0 0 c 5 1"
	echo "file /init $out/remote-init 755 0 0"
	echo "file /bin/busybox $(command -v busybox) 755 0 0"
	for name in sh cat; do echo "slink /bin/$name busybox 755 0 0"; done
	echo "file /bin/answer $out/answer 755 0 0"
	echo "file /bin/dropbear $(command -v dropbear) 755 0 0"
	echo "file /etc/hostkey $out/hostkey 600 0 0"
	echo "file /etc/passwd $out/remote-passwd 644 0 0"
	echo "file /root/.ssh/authorized_keys $out/clientkey.pub 600 0 0"
	for file in "$out"/modules/*.ko; do
		echo "file /modules/${file##*/} $file 644 0 0"
	done
	ldd "$(command -v dropbear)" | grep -o '/[^ ]*' | while read -r file; do
		case $file in
		/lib64/*) echo "file $file $file 755 0 0" ;;
		*) echo "file /lib/x86_64-linux-gnu/${file##*/} $file 755 0 0" ;;
		esac
	done
}

remote_prepare() {
	gcc -O2 -I../include -o "$out/remote" remote.c "$RUMPRUN_BUILD/lib/librumpclient.a" -lssl -lcrypto
	gcc -O2 -static -o "$out/answer" answer.c
	head -c 32 /dev/urandom >"$out/remote.key"
	rumprun-bake hw_virtio -m 'add sysproxy' "$out/remote.img" "$(command -v busybox)" --arg sh --arg -c \
		--arg "head -c $remote_bytes /dev/zero >/tmp/big; exec sleep 100000" >/dev/null
	rm -f "$out/hostkey" "$out/clientkey" "$out/clientkey.pub"
	dropbearkey -t ed25519 -f "$out/hostkey" >/dev/null 2>&1
	ssh-keygen -q -t ed25519 -N '' -f "$out/clientkey"
	remote_init >"$out/remote-init"
	echo 'root:x:0:0:root:/root:/bin/sh' >"$out/remote-passwd"
	remote_tree >"$out/remote.list"
	"${x86%/*}/usr/gen_init_cpio" "$out/remote.list" >"$out/remote.cpio"
}

remote_network() {
	local n
	ip netns add "$remote_namespace"
	for n in 0 1; do
		remote_inside ip tuntap add dev tap$n mode tap
		remote_inside ip address add 10.97.$n.1/24 dev tap$n
		remote_inside ip link set tap$n up
	done
}

# remote_milliseconds COMMAND...: how long it takes to give the whole file.
remote_milliseconds() {
	local begin size
	begin=$(date +%s%N)
	size=$("$@" | wc -c)
	[ "$size" = $remote_bytes ] || {
		echo "bench: $size bytes instead of $remote_bytes came from: $*" >&2
		return 1
	}
	echo $((($(date +%s%N) - begin) / 1000000))
}

# remote_rows NAME LATENCY MILLISECONDS
remote_rows() {
	row remote "$1" getpid_ns "$2"
	row remote "$1" cat_100MB_ms "$3"
}

# remote_wait COMMAND...: until it says how large the file is.
remote_wait() {
	local end=$((SECONDS + 120))
	until [ "$("$@" 2>/dev/null)" = $remote_bytes ]; do
		[ $SECONDS -lt $end ] || {
			echo "bench: no guest answers: $*" >&2
			return 1
		}
	done
}

end_remote() {
	stop_guests
	[ -z "$remote_cookie" ] || rumpstop -k "$remote_cookie" >/dev/null || true
	ip netns delete "$remote_namespace" 2>/dev/null || true
}

remote_start() {
	remote_cookie=$(remote_inside rumprun qemu -M 256 -I net0,virtio,tap,ifname=tap0 \
		-W net0,inet,static,10.97.0.2/24 --sysproxy tcp:9000 --sysproxy-key "$out/remote.key" "$out/remote.img")
	# Not by way of a function, whose process would be a shell's.
	ip netns exec "$remote_namespace" qemu-system-x86_64 -accel tcg -machine q35 -cpu max -m 256 -no-reboot \
		-nodefaults -display none -serial "file:$out/remote.log" \
		-netdev tap,id=n,ifname=tap1,script=no,downscript=no -device virtio-net-pci,netdev=n,romfile=,"$peer_queues" \
		-kernel "$cloud" -initrd "$out/remote.cpio" -append "$peer_arguments" &
	guests+=($!)
}

bench_remote() {
	local rump=(remote_inside rumpctrl tcp:10.97.0.2:9000 --key "$out/remote.key")
	local ssh=(remote_inside ssh -q -i "$out/clientkey" -o StrictHostKeyChecking=no
		-o UserKnownHostsFile=/dev/null -o ConnectTimeout=5 root@10.97.1.2)
	remote_prepare
	remote_cookie=
	trap end_remote EXIT
	remote_network
	remote_start
	remote_wait "${rump[@]}" stat -c %s /tmp/big
	remote_wait "${ssh[@]}" '/bin/busybox stat -c %s /tmp/big'
	remote_rows "rumpctrl" "$(remote_inside "$out/remote" rump tcp:10.97.0.2:9000 "$out/remote.key")" \
		"$(remote_milliseconds "${rump[@]}" cat /tmp/big)"
	remote_rows "ssh into a Linux guest" "$(remote_inside "$out/remote" ask "${ssh[@]:1}" answer)" \
		"$(remote_milliseconds "${ssh[@]}" cat /tmp/big)"
	end_remote
	trap - EXIT
}
