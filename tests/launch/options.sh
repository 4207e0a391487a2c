# SPDX-License-Identifier: GPL-2.0
# Each option of rumprun does what its manual page says, and a configuration document does the same.
. "$(dirname "$0")/../lib/testlib.sh"

bake "$T/sh.img" hw_virtio -m 'add ext4' /bin/busybox --arg sh --arg -c
truncate -s 16M "$T/disk"
must mkfs.ext4 -q "$T/disk"
truncate -s 16M "$T/second"
must mkfs.ext2 -q "$T/second"

# says WHAT EXPECTED RUMPRUN-ARGUMENTS...
says() {
	local what=$1 expected=$2
	shift 2
	boot 60 "$@" </dev/null
	same "$what" "$expected" "$(cat "$T/out")" "$T/err"
}

says "-N names the host" $'web\n127.0.1.1 web' -N web "$T/sh.img" 'hostname; grep web /etc/hosts'
says "-s gives CPUs" 3 -s 3 "$T/sh.img" nproc
says "-M gives memory" yes -M 100 "$T/sh.img" \
	'read -r _ kb _ </proc/meminfo; [ $kb -gt 90000 ] && [ $kb -lt 102400 ] && echo yes'
says "-e sets variables" 'a b-' -e X='a b' -e EMPTY= "$T/sh.img" 'echo "$X-$EMPTY"'
says "--machine microvm has no PCI" '' --machine microvm "$T/sh.img" 'ls /sys/bus/pci/devices'
says "-b mounts by the type found, or by the one given" $'/a ext4\n/b ext2' -b "$T/disk,/a" \
	-b "$T/second,/b,ext2" "$T/sh.img" 'sed -n "s,^/dev/[^ ]* \(/[ab] [^ ]*\) .*,\1,p" /proc/mounts'
says "-b without a folder gives the bare device" 'block special file' \
	-b "$T/disk" "$T/sh.img" 'stat -c %F /dev/vda'
says "--read-only" $'refused\nscratch' --read-only "$T/sh.img" \
	'echo x 2>/dev/null >/file || echo refused; echo scratch >/tmp/x; cat /tmp/x'
says "arguments that look like options" '-v --json --' -- "$T/sh.img" -- 'echo "$0 $1 $2"' -v --json --

boot 60 -v "$T/sh.img" true </dev/null
contains "-v shows the kernel's messages" 'Linux version 6.12' "$T/err"

boot 60 -T "$T/kept" -g '-name "two words"' "$T/sh.img" true </dev/null
contains "-g and -T: QEMU's arguments, split as a shell would" '^two words$' "$T/kept/qemu.args"
contains "-T makes the folder, and keeps what the guest was told" '^arg=true$' <(tr '\0' '\n' <"$T/kept/launch.cpio")

boot 60 --json "$T/sh.img" 'echo out; exit 5' </dev/null
same "--json: the end" '{"exit":5,"platform":"qemu"}' "$(tail -n 1 "$T/err")"
rumprun --json qemu -i -M lots "$T/sh.img" 2>"$T/err"
same "--json: an error" "-M lots: not a number" "$(jq -r .error "$T/err")"

cat >"$T/whole.json" <<-END
	{
	  "hostname": "whole", "memory": 48, "cpus": 2, "machine": "microvm", "cwd": "/tmp",
	  "env": { "A": "one" }, "read_only": false,
	  "programs": [ { "path": "/bin/busybox", "argv0": "sh", "env": { "B": "two" }, "uid": 1000,
	    "gid": 1000, "args": [ "-c", "hostname; nproc; pwd; echo \$A \$B; id -u; cat /data/x; echo \$1", "-" ] } ],
	  "blocks": [ { "image": "$T/disk", "mount": "/data", "read_only": true } ]
	}
END
boot 60 -b "$T/disk,/data" "$T/sh.img" 'echo kept >/data/x' </dev/null
says "a whole configuration document" $'whole\n2\n/tmp\none two\n1000\nkept\nlast' \
	--config "$T/whole.json" "$T/sh.img" last

says "an interface by its name alone" "10.0.2.15" -I net0 "$T/sh.img" \
	"ifconfig eth0 | sed -n 's/.*inet addr:\([0-9.]*\).*/\1/p'"

# A root of the user's own.
mkdir -p "$T/tree/bin"
cp /bin/busybox "$T/tree/bin"
must mksquashfs "$T/tree" "$T/other" -quiet -no-progress
bake "$T/squash.img" hw_virtio -m 'add squashfs' /bin/busybox --arg ls
says "--root takes another file system" "busybox" --root "$T/other" "$T/squash.img" /bin

# tap interfaces made by what -S calls, in a network namespace of the test's own.
namespace=rumprun-$$
namespace "$namespace"
mkdir "$T/path"
# shellcheck disable=SC2016
printf '#!/bin/sh\necho "$*" >>%s/sudo.log\nexec "$@"\n' "$T" >"$T/path/sudo"
chmod +x "$T/path/sudo"
PATH=$T/path:$PATH inside timeout 60 rumprun qemu -i -S -I net0,tap:tap7 \
	-W net0,inet,static,10.98.0.2/24 "$T/sh.img" 'ifconfig eth0' >"$T/out" 2>"$T/err" </dev/null
contains "-S: the tap interface is used" 'inet addr:10.98.0.2' "$T/out"
contains "-S makes it" 'ip tuntap add dev tap7 mode tap user 0' "$T/sudo.log"
same "-S removes it" "" "$(inside ip -o link show type tun 2>&1 | grep tap7)"
