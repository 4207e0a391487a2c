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
