# SPDX-License-Identifier: GPL-2.0
# A machine with everything that hw_generic drives, and QEMU has, at once: each disk is found by its
# serial number and keeps what is written, each interface serves and is sent to. First by
# message-signalled interrupts, then by interrupt lines.
. "$(dirname "$0")/../lib/testlib.sh"

mkdir -p "$T/tree" "$T/www/cgi-bin"
head -c 1M /dev/urandom >"$T/tree/seed"
head -c 1M /dev/urandom >"$T/www/page"
cgi() {
	printf '#!/bin/busybox sh\necho; exec %s\n' "$2" >"$T/www/cgi-bin/$1"
	chmod +x "$T/www/cgi-bin/$1"
}
cgi sum '/bin/busybox md5sum'
cgi interrupts '/bin/busybox cat /proc/interrupts'
cgi cdrom '/bin/busybox md5sum /cdrom/seed'

# Interfaces are told apart by the last byte of their address: 52:54:00:00:00:1x is 10.0.1x.15.
cat >"$T/serve" <<'SH'
for net in /sys/class/net/eth*; do
	last=$(cat $net/address)
	last=${last##*:}
	ifconfig ${net##*/} 10.0.$last.15 netmask 255.255.255.0
done
for disk in uas ehci pata; do
	until device=$(findfs LABEL=$disk); do usleep 10000; done 2>/dev/null
	mkdir /mnt/$disk
	mount -t ext4 $device /mnt/$disk
done
for disk in /mnt/*; do
	cp $disk/seed $disk/copy-$1 || echo "copying on $disk failed"
done
mkdir /cdrom
mount -t iso9660 -o ro /dev/sr0 /cdrom || exit
sync
echo "by a serial port on PCI" >/dev/ttyS0
exec httpd -f -h /www
SH
must genisoimage -quiet -o "$T/cd.iso" "$T/tree"
bake "$T/all.img" hw_generic -m 'add usb_ehci serial_8250' --file "$T/serve:/serve" --file "$T/www:/www" \
	/bin/busybox --arg sh --arg /serve

buses='virtio_blk virtio_scsi nvme ahci usb_storage'
for bus in $buses uas ehci pata; do
	truncate -s 8M "$T/$bus"
	must mkfs.ext4 -q -L "$bus" -d "$T/tree" "$T/$bus"
done

# document KERNEL-ARGUMENTS PORT: with the disks and the interface that the launcher has options for.
document() {
	local bus separator=
	printf '{ "kernel_args": "%s", "ports": [ "%s:80" ], "interfaces": [
		{ "tag": "e1000e", "device": "e1000e", "mac": "52:54:00:00:00:10",
		  "options": "net=10.0.10.0/24" } ],
		"blocks": [' "$1" "$2"
	for bus in $buses; do
		printf '%s\n{ "image": "%s", "mount": "/mnt/%s", "bus": "%s" }' "$separator" "$T/$bus" \
			"$bus" "$bus"
		separator=,
	done
	printf '] }\n'
}

drive() {
	echo "-drive if=none,id=$1,format=raw,file=$T/$1"
}

nics='e1000:11 vmxnet3:12 virtio-net-pci:13'

# boots WHAT KERNEL-ARGUMENTS CHIP: boot it, use it, and look where its interrupts came from.
boots() {
	local what=$1 chip=$3 nic model number port ports=() qemu
	port=$(free_port)
	ports+=("e1000e:$port")
	document "$2" "$port" >"$T/all.json"
	qemu="$(drive uas) -device qemu-xhci,id=xhci2 -device usb-uas,bus=xhci2.0,id=uasp
		-device scsi-hd,bus=uasp.0,drive=uas,serial=uas
		$(drive ehci) -device usb-ehci,id=ehci -device usb-storage,bus=ehci.0,drive=ehci,serial=ehci
		$(drive pata) -device piix3-ide,id=pata -device ide-hd,bus=pata.0,drive=pata,serial=pata
		-drive if=none,id=cd,format=raw,media=cdrom,file=$T/cd.iso
		-device ahci,id=ahci2 -device ide-cd,bus=ahci2.0,drive=cd
		-chardev file,id=serial,path=$T/serial -device pci-serial,chardev=serial"
	for nic in $nics; do
		model=${nic%:*} number=${nic#*:}
		port=$(free_port)
		ports+=("$model:$port")
		qemu+=" -netdev user,id=n$number,net=10.0.$number.0/24,hostfwd=tcp:127.0.0.1:$port-:80"
		qemu+=" -device $model,netdev=n$number,mac=52:54:00:00:00:$number,romfile="
	done
	start --config "$T/all.json" -g "$qemu" "$T/all.img" "$chip"
	for nic in "${ports[@]}"; do
		model=${nic%:*} port=${nic#*:}
		rm -f "$T/page"
		until_ok 60 curl -fsS -m 10 -o "$T/page" "http://127.0.0.1:$port/page"
		cmp -s "$T/page" "$T/www/page" && ok "$what: $model serves" ||
			fail "$what: $model serves" "no page, or another one" "$T/until.out" "$T/err"
		same "$what: $model is sent to" "$(md5sum <"$T/www/page")" \
			"$(curl -sS -m 30 --data-binary "@$T/www/page" \
				"http://127.0.0.1:$port/cgi-bin/sum" 2>&1)"
	done
	same "$what: CD-ROM" "$(md5sum <"$T/tree/seed" | cut -c-32)" \
		"$(curl -sS -m 30 "http://127.0.0.1:$port/cgi-bin/cdrom" 2>&1 | cut -c-32)"
	contains "$what: serial port" 'by a serial port on PCI' "$T/serial"
	curl -sS -m 30 "http://127.0.0.1:$port/cgi-bin/interrupts" >"$T/interrupts"
	must rumpstop "$cookie"
	for bus in $buses uas ehci pata; do
		debugfs -R "dump copy-$chip $T/copy" "$T/$bus" >/dev/null 2>"$T/debugfs"
		cmp -s "$T/copy" "$T/tree/seed" && ok "$what: $bus keeps what is written" ||
			fail "$what: $bus keeps what is written" "it has other data" "$T/debugfs"
		rm -f "$T/copy"
	done
}

boots "MSI" "" PCI-MSI
for device in nvme ahci xhci eth2-rx eth3-rxtx virtio; do
	contains "MSI: $device" "PCI-MSI.*$device" "$T/interrupts"
done
boots "lines" "pci=nomsi" IO-APIC
for device in nvme ahci xhci eth virtio ehci; do
	contains "lines: $device" "IO-APIC.*$device" "$T/interrupts"
done
same "lines: no messages" 0 "$(grep -c PCI-MSI "$T/interrupts")" "$T/interrupts"
