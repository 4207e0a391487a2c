# SPDX-License-Identifier: GPL-2.0
# virtio's smaller devices, on PCI and on memory windows: entropy comes from the host's file, ports and
# consoles carry bytes both ways, the balloon takes memory and gives it back, SCSI has a disk.
. "$(dirname "$0")/../lib/testlib.sh"

cat >"$T/use" <<'SH'
echo "entropy $(head -c 160 /dev/hwrng | grep -c '^rumprun entropy$')"
for port in /sys/class/virtio-ports/*; do
	grep -sqx test.port $port/name && exec 3<>/dev/${port##*/}
done
read -r line <&3
echo "heard $line"
echo "$line yourself" >&3
echo "to the console" >/dev/hvc1
dd if=/dev/sda bs=4k count=8 2>/dev/null | md5sum
dd if=/dev/sda of=/dev/sda bs=4k count=8 seek=8 2>/dev/null
total() { sed -n 's/MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo; }
full=$(total)
echo "full"
while [ $(total) -gt $((full - 20000)) ]; do usleep 10000; done
echo "shrunk"
while [ $(total) -lt $((full - 4000)) ]; do usleep 10000; done
echo "grown"
SH
bake "$T/use.img" hw_virtio_scsi -m 'add virtio_balloon' --file "$T/use:/use" \
	/bin/busybox --arg sh --arg /use
yes 'rumprun entropy' | head -c 256K >"$T/entropy"

monitor() {
	socat -t 30 - "UNIX-CONNECT:$T/monitor" <<<"$1" >"$T/monitor.out" 2>&1
}

# devices MACHINE SUFFIX: all of them on that machine.
devices() {
	local machine=$1 suffix=$2 line launcher
	head -c 64K /dev/urandom >"$T/disk"
	timeout -k 10 90 rumprun qemu -i -M 64 --machine "$machine" \
		-g "-monitor unix:$T/monitor,server=on,wait=off
			-object rng-random,id=entropy,filename=$T/entropy
			-device virtio-rng-$suffix,rng=entropy -device virtio-balloon-$suffix
			-chardev socket,id=port,path=$T/port,server=on,wait=off
			-chardev file,id=hvc,path=$T/hvc
			-device virtio-serial-$suffix,id=more
			-device virtserialport,bus=more.0,chardev=port,name=test.port
			-device virtconsole,bus=more.0,chardev=hvc
			-drive if=none,id=disk,format=raw,file=$T/disk
			-device virtio-scsi-$suffix,id=scsi -device scsi-hd,bus=scsi.0,scsi-id=255,drive=disk" \
		"$T/use.img" >"$T/said" 2>"$T/err" </dev/null &
	launcher=$!
	until_ok 30 test -S "$T/port"
	socat -t 90 - "UNIX-CONNECT:$T/port,shut-none" <<<hello >"$T/answer" 2>&1 &
	while read -r line; do
		case $line in
		full) monitor 'balloon 40' ;;
		shrunk) monitor 'balloon 64' ;;
		esac
	done < <(tail -f -n +1 --pid=$launcher "$T/said")
	wait $launcher
	same "$machine: status" 0 $? "$T/said" "$T/err"
	contains "$machine: entropy" '^entropy \(9\|10\)$' "$T/said"
	contains "$machine: a port is heard" '^heard hello$' "$T/said"
	same "$machine: a port answers" 'hello yourself' "$(cat "$T/answer")" "$T/said"
	contains "$machine: a console" '^to the console' "$T/hvc"
	contains "$machine: SCSI is read" "^$(head -c 32K "$T/disk" | md5sum)" "$T/said"
	cmp -s -n 32768 "$T/disk" "$T/disk" 0 32768 && ok "$machine: SCSI is written" ||
		fail "$machine: SCSI is written" "other data are on the disk" "$T/said"
	contains "$machine: the balloon takes memory" '^shrunk$' "$T/said"
	contains "$machine: the balloon gives it back" '^grown$' "$T/said"
}

devices q35 pci
devices microvm device
