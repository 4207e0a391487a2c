# SPDX-License-Identifier: GPL-2.0
# Wrong use of rumprun-bake is told apart, names what is wrong and where, and loses nothing.
. "$(dirname "$0")/../lib/testlib.sh"

# wrong WHAT STATUS PATTERN ARGUMENTS...
wrong() {
	local what=$1 expected=$2 pattern=$3
	shift 3
	timeout -k 5 60 rumprun-bake "$@" >"$T/out" 2>"$T/err"
	same "$what: status" "$expected" $? "$T/err"
	contains "$what: message" "$pattern" "$T/err"
}

program hello
echo precious >"$T/out.img"
head -c 5000 "$T/hello" >"$T/short"
chmod +x "$T/short"
# For AArch64, as far as its header goes, and with debugging information.
must gcc -g -static -o "$T/arm" "$SOURCE/tests/programs/hello.c"
printf '\267\0' | dd of="$T/arm" bs=1 seek=18 conv=notrunc status=none
printf 'config mine\n\tinherit hw_virtio\n\tadd exta4\n' >"$T/typo.conf"
printf 'config mine\n\tinherit mine\n' >"$T/loop.conf"

wrong "no arguments" 64 'usage'
wrong "an unknown option" 64 'help' --no-such hw_virtio "$T/out.img" "$T/hello"
wrong "a configuration misspelt" 64 'did you mean hw_virtio' hw_virtoi "$T/out.img" "$T/hello"
wrong "a component misspelt" 64 'typo.conf:3: .*did you mean ext4' \
	-c "$T/typo.conf" mine "$T/out.img" "$T/hello"
wrong "a configuration without end" 64 'loop.conf:2' -c "$T/loop.conf" mine "$T/out.img" "$T/hello"
wrong "a component misspelt, to be removed" 64 'did you mean ext4' -m 'remove exta4' \
	hw_virtio "$T/out.img" "$T/hello"
wrong "a component of another base" 64 'base min' \
	-m 'add virtio_net' hw_minimal "$T/out.img" "$T/hello"
wrong "a drive without a driver" 64 "add virtio_pci virtio_blk" \
	-m 'add erofs' --root-in drive hw_minimal "$T/out.img" "$T/hello"
wrong "removing what others need" 64 'crc32c' -m 'add crc32c' -m 'remove crc32c' \
	hw_virtio "$T/out.img" "$T/hello"
wrong "a word misspelt" 64 'did you mean memory' -m 'memroy 3' hw_virtio "$T/out.img" "$T/hello"
wrong "no program of that name" 1 'nosuch' hw_virtio "$T/out.img" "$T/nosuch"
wrong "no program at all" 1 'neither' hw_virtio "$T/out.img" /etc/hostname
wrong "a program for another machine" 1 'arm is not a program for x86-64' hw_virtio "$T/out.img" "$T/arm"
wrong "a program cut short" 1 'damaged' hw_virtio "$T/out.img" "$T/short"
wrong "a file that is not there" 1 '/nosuch' --file /nosuch:/x hw_virtio "$T/out.img" "$T/hello"
wrong "a folder that is not there" 1 '/nosuch' hw_virtio /nosuch/out.img "$T/hello"
wrong "a variable without value" 64 'NAME=VALUE' --env X hw_virtio "$T/out.img" "$T/hello"
same "the image of before" precious "$(cat "$T/out.img")"

# kit FILTER: one whose base net has gone through jq.
kit() {
	rm -rf "$T/kit"
	cp -rs "$RUMPRUN_BUILD/kit" "$T/kit"
	rm "$T/kit/net/index.json"
	jq "$1" "$RUMPRUN_BUILD/kit/net/index.json" >"$T/kit/net/index.json"
}
kit '.version -= 1'
RUMPRUN_KIT=$T/kit wrong "a kit of another version" 1 'net/index.json is of another version.* make again' \
	hw_virtio "$T/out.img" "$T/hello"
kit 'del(.version)'
RUMPRUN_KIT=$T/kit wrong "a kit without a version" 1 'net/index.json is of another version' \
	hw_virtio "$T/out.img" "$T/hello"
kit 'del(.platform)'
RUMPRUN_KIT=$T/kit wrong "a kit that lacks a member" 1 'net/index.json lacks the member platform' \
	hw_virtio "$T/out.img" "$T/hello"

mkfifo "$T/pipe"
mkdir -p "$T/other.debug/mine" "$T/small"
cp "$T/hello" "$T/own"
wrong "OUT is a pipe" 1 'not an ordinary file' hw_virtio "$T/pipe" "$T/hello"
wrong "OUT is a program of it" 1 'goes into the image' hw_virtio "$T/own" "$T/own"
wrong "OUT is a file of it" 1 'goes into the image' --file "$T/own:/x" hw_virtio "$T/own" "$T/hello"
wrong "OUT.debug is somebody's folder" 1 'other.debug is in the way' hw_virtio "$T/other" "$T/hello"
same "all are as they were" "fifo $(md5sum <"$T/hello") mine" \
	"$(stat -c %F "$T/pipe") $(md5sum <"$T/own") $(ls "$T/other.debug")"
# shellcheck disable=SC2016
unshare -m sh -c 'mount -t tmpfs -o size=1M tmpfs "$1" && exec rumprun-bake hw_virtio "$1/out.img" "$2"' \
	sh "$T/small" "$T/hello" >"$T/out" 2>"$T/err"
same "a full disk: status" 1 $?
contains "a full disk: message" 'No space left on device' "$T/err"

mkdir "$T/tmp" "$T/path"
ln -s "$(command -v rumprun-bake)" "$T/path/rumprun-bake"
RUMPRUN_KIT=$RUMPRUN_BUILD/kit PATH=$T/path TMPDIR=$T/tmp \
	rumprun-bake hw_virtio "$T/out.img" "$T/hello" >"$T/out" 2>"$T/err"
same "a missing tool: status" 1 $?
contains "a missing tool: the remedy" 'apt-get install erofs-utils' "$T/err"

TMPDIR=$T/tmp rumprun-bake --root /usr/share hw_virtio "$T/big.img" "$T/hello" 2>"$T/err" &
baking=$!
until_ok 30 sh -c "ls -d '$T'/tmp/rumprun-bake.*/root"
kill -INT $baking
wait $baking
same "interrupted: status" 130 $?
same "interrupted: nothing is left" "" "$(find "$T/tmp" "$T" -name 'rumprun-bake.*' -o -name 'big.img*')"

# Killed outright, it leaves its folder to the next bake; one that somebody works in stays.
TMPDIR=$T/tmp setsid rumprun-bake --root /usr/share hw_virtio "$T/big.img" "$T/hello" 2>"$T/err" &
until left=$(compgen -G "$T/tmp/rumprun-bake.*/root") || ! kill -0 $!; do :; done
kill -KILL -- -$!
wait $! 2>/dev/null
mkdir "$T/tmp/rumprun-bake.locked"
touch -d '2 hours ago' "${left%/root}" "$T/tmp/rumprun-bake.locked"
exec 8<"$T/tmp/rumprun-bake.locked"
must flock -n 8
TMPDIR=$T/tmp must rumprun-bake hw_virtio "$T/out.img" "$T/hello"
same "killed: the next one removes what is left" rumprun-bake.locked "$(ls "$T/tmp")"
