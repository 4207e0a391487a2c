# SPDX-License-Identifier: GPL-2.0
# Wrong use is told apart, names what is wrong, and leaves nothing behind.
. "$(dirname "$0")/../lib/testlib.sh"

# wrong WHAT STATUS PATTERN COMMAND...
wrong() {
	local what=$1 expected=$2 pattern=$3 status
	shift 3
	timeout -k 5 60 "$@" >"$T/out" 2>"$T/err" </dev/null
	status=$?
	same "$what: status" "$expected" $status "$T/err"
	contains "$what: message" "$pattern" "$T/err"
}

program hello
bake "$T/hello.img" hw_virtio "$T/hello"
head -c 5000 "$T/hello.img" >"$T/short.img"
echo text >"$T/text.img"

wrong "no image" 66 'nowhere.img' rumprun qemu -i "$T/nowhere.img"
wrong "not an image" 66 'text.img' rumprun qemu -i "$T/text.img"
wrong "a cut image" 66 'short.img' rumprun qemu -i "$T/short.img"
wrong "an unknown option" 64 'help' rumprun qemu --no-such-option "$T/hello.img"
wrong "no arguments" 64 'sage' rumprun
wrong "memory that is no number" 64 'many' rumprun qemu -i -M many "$T/hello.img"
wrong "a missing block device" 66 'nothere.img' rumprun qemu -i -b "$T/nothere.img,/data" "$T/hello.img"
wrong "an unknown cookie" 66 'no-such-cookie' rumpstop no-such-cookie

truncate -s 1M "$T/empty.img"
timeout 60 rumprun qemu -i -b "$T/empty.img,/data" "$T/hello.img" >"$T/out" 2>"$T/err" </dev/null
status=$?
[ $status = 71 ] && ok "an unmountable block device: status" ||
	fail "an unmountable block device: status" "got $status" "$T/out" "$T/err"
contains "an unmountable block device: message" '/data' "$T/err"

cat >"$T/bad.json" <<-EOF
	{ "hostname": "x", "no_such_key": 1 }
EOF
wrong "an unknown configuration key" 65 'no_such_key' rumprun qemu -i --config "$T/bad.json" "$T/hello.img"

wrong "an interface twice" 64 'tag' rumprun qemu -i -I net0,virtio -I net0,virtio "$T/hello.img"
wrong "an interface without a name" 64 'TAG' rumprun qemu -i -I , "$T/hello.img"
wrong "a tap interface without its own" 64 'tap:NAME' rumprun qemu -i -I net0,tap: "$T/hello.img"
wrong "an interface of another kind" 64 'virtio or e1000e' rumprun qemu -i -I net0,ne2000 "$T/hello.img"
wrong "an address that is none" 64 '1.2.3.4/33' \
	rumprun qemu -i -I net0,virtio -W net0,inet,static,1.2.3.4/33 "$T/hello.img"
wrong "an address for no interface" 64 'net1,virtio' rumprun qemu -i -W net1,inet,dhcp "$T/hello.img"
wrong "a gateway out of reach" 71 '9.9.9.9' \
	rumprun qemu -i -I net0,virtio -W net0,inet,static,1.2.3.4/24,9.9.9.9 "$T/hello.img"
wrong "an interface without a driver" 64 "interface net0: bake with -m 'add e1000e'" \
	rumprun qemu -i -I net0,e1000e "$T/hello.img"
wrong "a port without a colon" 64 'HOSTPORT:PORT' rumprun qemu -i -P 80 "$T/hello.img"
wrong "a port and no user network" 64 'user network' \
	rumprun qemu -i -I net0,virtio,socket,listen=127.0.0.1:1 -P 2000:80 "$T/hello.img"
port=$(free_port)
wrong "a port in use" 69 'port is in use' rumprun qemu -i -P "$port:80" -P "$port:81" "$T/hello.img"
wrong "a forward that QEMU does not understand" 69 'Bad host port' \
	rumprun qemu -i -I net0,virtio,user,hostfwd=tcp::99999999-:1 "$T/hello.img"
same "a forward that QEMU does not understand: no word of a port in use" 1 "$(wc -l <"$T/err")" "$T/err"
wrong "a host name with blanks" 64 'hostname is "a b"' rumprun qemu -i -N 'a b' "$T/hello.img"
wrong "a variable that is not UTF-8" 64 'not UTF-8' rumprun qemu -i -e $'X=\xff' "$T/hello.img"
wrong "paused for nobody" 64 '-D PORT' rumprun qemu -i -p "$T/hello.img"
wrong "an open quote" 64 'quote' rumprun qemu -i -g "'x" "$T/hello.img"
wrong "too many CPUs" 64 'cpus' rumprun qemu -i -s 65 "$T/hello.img"
for mb in 1 3; do
	wrong "$mb MB of memory" 64 'give at least -M [0-9]' rumprun qemu -i -M $mb "$T/hello.img"
done
wrong "a descriptor for a machine" 64 'fd is for a process' rumprun qemu -i -I net0,virtio,fd,fd=7 "$T/hello.img"
wrong "port 0" 64 'HOSTPORT:PORT' rumprun qemu -i -P 0:80 "$T/hello.img"
for dir in / //proc/ /sys /dev; do
	wrong "a mount over $dir" 64 'must not be /, /proc' rumprun qemu -i -b "$T/empty.img,$dir" "$T/hello.img"
done
echo '{ "programs": [] }' >"$T/none.json"
wrong "a document without programs" 65 'none.json.*names no program' \
	rumprun qemu -i --config "$T/none.json" "$T/hello.img"
wrong "what QEMU does not know" 69 'nosuch' rumprun qemu -i -g -nosuch "$T/hello.img"
RUMPRUN_QEMU=/nowhere/qemu wrong "no QEMU" 69 'apt-get install qemu-system-x86' rumprun qemu -i "$T/hello.img"
wrong "a file system without a driver" 71 "add ext4" \
	rumprun qemu -i -b "$T/empty.img,/data,ext4" "$T/hello.img"
wrong "a file system that does not exist" 71 'no file system nofs (it has erofs): .rumprun-bake list' \
	rumprun qemu -i -b "$T/empty.img,/data,nofs" "$T/hello.img"

# What keeps a program from running is told apart.
echo '{ "cwd": "/nowhere" }' >"$T/cwd.json"
wrong "a folder that is not there" 126 'cannot run /bin/hello in /nowhere: no such file' \
	rumprun qemu -i --config "$T/cwd.json" "$T/hello.img"
cat >"$T/gone.json" <<-EOF
	{ "programs": [ { "path": "/bin/gone" } ] }
EOF
wrong "a program that is not there" 127 'cannot run /bin/gone: no such file' \
	rumprun qemu -i --config "$T/gone.json" "$T/hello.img"
