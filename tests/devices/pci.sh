# SPDX-License-Identifier: GPL-2.0
# PCI: the configuration space in memory or behind ports, bases that firmware left out, devices behind
# bridges, interrupt lines of single devices.
. "$(dirname "$0")/../lib/testlib.sh"

cat >"$T/look" <<'SH'
for d in /sys/bus/pci/devices/*; do
	echo "$(cat $d/vendor):$(cat $d/device) space $(stat -c %s $d/config)"
done
for disk in /dev/nvme?n1 /dev/vda; do
	[ -b $disk ] && echo "${disk##*/} $(md5sum <$disk)"
done
for net in /sys/class/net/eth*; do
	number=$(cat $net/address)
	number=${number##*:}
	ifconfig ${net##*/} 10.0.$number.15 netmask 255.255.255.0
	until [ "$(cat $net/carrier)" = 1 ]; do usleep 10000; done
	echo "net $number $(nc 10.0.$number.100 80 </dev/null | md5sum)"
done
cat /proc/interrupts
SH
bake "$T/look.img" hw_virtio -m 'add nvme e1000e' --file "$T/look:/look" \
	/bin/busybox --arg sh --arg /look
head -c 256K /dev/urandom >"$T/seed"
sum=$(md5sum <"$T/seed")

drive() {
	echo "-drive if=none,id=$1,format=raw,read-only=on,file.locking=off,file=$T/seed"
}
net() {
	echo "-netdev user,id=n$1,net=10.0.$1.0/24,guestfwd=tcp:10.0.$1.100:80-cmd:cat\ $T/seed"
}

# looks WHAT RUMPRUN-ARGUMENTS...: every device does its work.
looks() {
	local what=$1 device
	shift
	boot 60 "$@" "$T/look.img" </dev/null
	same "$what: status" 0 $? "$T/err"
	sed -i 's/\r$//' "$T/out"
	for device in nvme0n1 nvme1n1 vda 'net 11' 'net 12'; do
		contains "$what: $device" "^$device $sum" "$T/out"
	done
}

cat >"$T/lines.json" <<'J'
{ "kernel_args": "pci=nomsi" }
J
nvme="$(drive a) -device nvme,drive=a,serial=a"
express="-device pcie-root-port,id=one,chassis=1 -device pcie-pci-bridge,id=bridge,bus=one
	-device pcie-root-port,id=two,chassis=2"
conventional="-device pci-bridge,id=bridge,chassis_nr=1 -device pci-bridge,id=two,chassis_nr=2,shpc=off"
behind="$nvme
	$(drive b) -device nvme,drive=b,serial=b,bus=two,addr=0
	$(drive c) -device virtio-blk-pci,drive=c,bus=bridge,addr=3,vectors=0
	$(net 11) -device e1000e,netdev=n11,mac=52:54:00:00:00:11,romfile=,bus=bridge,addr=6
	$(net 12) -device virtio-net-pci,netdev=n12,mac=52:54:00:00:00:12,romfile="

looks "memory-mapped" -g "$express $behind"
contains "memory-mapped: all of the space" '^0x1b36:0x0010 space 4096' "$T/out"
contains "a device without messages has its line" 'IO-APIC.*virtio' "$T/out"
contains "the others have messages" 'PCI-MSI.*virtio' "$T/out"

looks "by ports" -g "-no-acpi $express $behind"
contains "by ports: the first part of the space" '^0x1b36:0x0010 space 256' "$T/out"

looks "lines behind bridges" --config "$T/lines.json" -g "$express $behind"
contains "lines behind bridges: chip" 'IO-APIC.*nvme' "$T/out"

looks "the older machine" --config "$T/lines.json" -g "-machine pc $conventional $behind"

# With ACPI, which names its PCI, microvm leaves the command line without the launcher's own channel.
bake "$T/look.img" hw_virtio -m 'add nvme e1000e' -m 'remove virtio_console' --file "$T/look:/look" \
	/bin/busybox --arg sh --arg /look
looks "microvm" --machine microvm -g "-machine pcie=on,acpi=on $express $behind"
looks "microvm, lines" --machine microvm --config "$T/lines.json" \
	-g "-machine pcie=on,acpi=on $express $behind"
