# SPDX-License-Identifier: GPL-2.0
# Images that GRUB starts from a CD-ROM, without rumprun: by a PC's BIOS and by UEFI in QEMU, and in
# Bochs, whose processor has what QEMU's emulation lacks: x2APIC, TSC-deadline timer, AVX-512.
. "$(dirname "$0")/../lib/testlib.sh"

# cdrom NAME IMAGE WORDS: make $T/NAME.iso, which boots the image with these words for its kernel.
cdrom() {
	mkdir -p "$T/tree/$1/boot/grub"
	must cp "$2" "$T/tree/$1/boot/image"
	printf 'multiboot2 /boot/image %s\nboot\n' "$3" >"$T/tree/$1/boot/grub/grub.cfg"
	must grub-mkrescue -o "$T/$1.iso" "$T/tree/$1"
}

# ends WHAT SECONDS COMMAND...: a machine that switches itself off; $T/console has what it said.
ends() {
	local what=$1
	timeout --foreground -k 10 "$2" "${@:3}" </dev/null >"$T/serial" 2>"$T/err"
	same "$what: the machine switches itself off" 0 $? "$T/err" "$T/serial"
	tr -d '\r' <"$T/serial" >"$T/console"
}

# A reset would start the image again, and again: only a machine that is off ends QEMU.
pc=(qemu-system-x86_64 -accel tcg -cpu max -machine q35 -smp 2 -m 256 -nodefaults -display none)

# all_well WHAT X2APIC-AND-DEADLINE AVX512: what programs/metal.c has to say.
all_well() {
	local cpu
	contains "$1: the command line" "command line: loglevel=7 rump.test=$" "$T/console"
	for cpu in 0 1; do
		contains "$1: the interrupt controller of processor $cpu" \
			"^processor $cpu: x2apic=$2 deadline=$2" "$T/console"
	done
	contains "$1: the registers" "^avx512=$3" "$T/console"
	contains "$1: the program" '^all is well' "$T/console"
	contains "$1: its status" "Restarting system with command 'exit 0'" "$T/console"
}

program metal
bake "$T/metal.img" hw_minimal "$T/metal"
cdrom metal "$T/metal.img" 'loglevel=7 rump.test='

ends BIOS 60 "${pc[@]}" -serial stdio -cdrom "$T/metal.iso"
all_well BIOS 0 0
ends UEFI 120 "${pc[@]}" -serial stdio -cdrom "$T/metal.iso" \
	-drive if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd \
	-drive if=pflash,format=raw,snapshot=on,file=/usr/share/OVMF/OVMF_VARS_4M.fd
all_well UEFI 0 0

# A server with a PC's devices, by nothing but the configuration that it was baked with.
cat >"$T/server.json" <<'END'
{ "interfaces": [ { "tag": "net0" } ],
  "blocks": [ { "device": "/dev/sda", "mount": "/data" } ] }
END
truncate -s 8M "$T/disk"
must mkfs.ext4 -q -d "$T/tree/metal/boot/grub" "$T/disk"
bake_remote "$T/server.img" hw_generic --config "$T/server.json"
cdrom server "$T/server.img" quiet
port=$(free_port)
serve server timeout --foreground -k 10 120 "${pc[@]}" -serial "file:$T/serial" -cdrom "$T/server.iso" \
	-drive if=none,id=disk,format=raw,file="$T/disk" -device ide-hd,bus=ide.1,drive=disk \
	-netdev "user,id=net,hostfwd=tcp:127.0.0.1:$port-:80" -device e1000e,netdev=net,romfile=
remote_ready "$port"
same "a server: its disk" "$(cat "$T/tree/metal/boot/grub/grub.cfg")" \
	"$(remote "$port" 'cat /data/grub.cfg')" "$T/serial"
remote "$port" 'poweroff -f' >"$T/out"
wait "${servers[0]}"
same "a server: switched off" 0 $? "$T/server.log" "$T/serial"
servers=()

# bochs MODEL ISO LINES...: boot it there, with more lines of configuration. The display wants a terminal;
# a machine that is switched off is called a panic, and ends Bochs with status 1.
bochs() {
	cat >"$T/bochsrc" <<-END
	cpu: model=$1, count=2, ips=50000000
	megs: 128
	romimage: file=/usr/share/bochs/BIOS-bochs-latest
	vgaromimage: file=/usr/share/bochs/VGABIOS-lgpl-latest
	ata1: enabled=1, ioaddr1=0x170, ioaddr2=0x370, irq=15
	ata1-master: type=cdrom, path=$2, status=inserted
	boot: cdrom
	com1: enabled=1, mode=file, dev=$T/serial
	display_library: term
	log: $T/bochs.log
	END
	printf '%s\n' "${@:3}" >>"$T/bochsrc"
	echo continue >"$T/debugger"
	rm -f "$T/serial"
	TERM=xterm timeout --foreground -k 10 300 \
		script -qec "bochs -q -f $T/bochsrc -rc $T/debugger" "$T/screen" </dev/null >"$T/out" 2>&1
	tr -d '\r' <"$T/serial" >"$T/console"
	contains "$1: the machine switches itself off" 'ACPI control: soft power off' "$T/bochs.log"
}

# Of those with AVX-512 it has the slowest TSC: fewer instructions to emulate in a second.
bochs corei7_icelake_u "$T/metal.iso"
all_well corei7_icelake_u 1 1
same "corei7_icelake_u: nothing failed" 0 "$(grep -c ^FAIL "$T/console")" "$T/console"
bochs ryzen "$T/metal.iso"
all_well ryzen 0 0

# An older PC: disk and CD-ROM on IDE, a network interface whose interrupts come by a line.
bake "$T/pc.img" hw_generic --config "$T/server.json" /bin/busybox --arg sh --arg -c \
	--arg 'cat /data/grub.cfg; ifconfig eth0; cat /proc/interrupts'
cdrom pc "$T/pc.img" quiet
bochs ryzen "$T/pc.iso" 'ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14' \
	"ata0-master: type=disk, path=$T/disk, mode=flat, cylinders=32, heads=16, spt=32" \
	'pci: enabled=1, chipset=i440fx, slot1=e1000' 'e1000: enabled=1, mac=52:54:00:12:34:56, ethmod=slirp'
contains "a PC: its disk" '^multiboot2 /boot/image loglevel=7' "$T/console"
contains "a PC: its address, by DHCP" 'inet addr:10\.0\.2\.15' "$T/console"
contains "a PC: interrupts of its interface" ' IO-APIC .*eth0' "$T/console"
