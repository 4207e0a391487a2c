# SPDX-License-Identifier: GPL-2.0
# Ctrl-C and SIGTERM stop a guest wherever it is, and nothing is left: no QEMU, no file.
. "$(dirname "$0")/../lib/testlib.sh"
mkdir "$T/run" "$T/tmp"
export XDG_RUNTIME_DIR=$T/run TMPDIR=$T/tmp

bake "$T/sh.img" hw_virtio /bin/busybox --arg sh --arg -c
echo '{ "network_timeout": 600 }' >"$T/patient.json"
# A shell's background jobs ignore SIGINT; those of a terminal do not.
usual=(env --default-signal=INT)

# begin RUMPRUN-ARGUMENTS...: sets $launcher, and $qemu as soon as there is one.
begin() {
	: >"$T/out"
	"${usual[@]}" rumprun qemu "$@" >"$T/out" 2>"$T/err" </dev/null &
	launcher=$!
}

# await WHAT FILE PATTERN
await() {
	until_ok 60 grep -q "$3" "$2" || fail "$1" "never came so far" "$T/out" "$T/err"
	qemu=$(pgrep -f "qemu-system-x86_64.*$T/sh.img")
}

# ended WHAT STATUS: of the launcher, and nothing is left.
ended() {
	timeout 60 tail --pid=$launcher -f /dev/null || fail "$1" "it runs on" "$T/err"
	kill -KILL $launcher 2>/dev/null
	wait $launcher
	same "$1: status" "$2" $? "$T/err"
	gone "$1"
}

gone() {
	# shellcheck disable=SC2086 # a list of numbers
	until_ok 30 eval '! kill -0 $qemu' && ok "$1: QEMU is gone" || fail "$1: QEMU is gone" "it runs on"
	until_ok 30 eval '[ -z "$(find "$T/tmp" "$T/run/rumprun" -mindepth 1 ! -name accelerator 2>/dev/null)" ]' &&
		ok "$1: no file is left" || fail "$1: no file is left" "$(find "$T/tmp" "$T/run" -mindepth 1)"
}

begin -i "$T/sh.img" 'trap "echo caught; exit 3" TERM; echo begun; while :; do sleep 1; done'
await "Ctrl-C" "$T/out" begun
kill -INT $launcher
ended "Ctrl-C" 3

begin -i "$T/sh.img" 'trap "echo caught" TERM; echo begun; while :; do sleep 1; done'
await "Ctrl-C twice" "$T/out" begun
kill -INT $launcher
until_ok 60 grep -q caught "$T/out"
# A second one within half a second would count as the same.
until_ok 60 eval "kill -INT $launcher; ! kill -0 $qemu"
ended "Ctrl-C twice" 137

# A network on which nobody answers.
port=$(free_port) peer=$(free_port)
python3 "$SOURCE/tests/programs/dhcpd.py" "$port" "$peer" 0 >"$T/dhcpd" &
dhcpd=$!
silent=(--config "$T/patient.json" -I "net0,virtio,socket,udp=127.0.0.1:$port,localaddr=127.0.0.1:$peer")
begin -i "${silent[@]}" "$T/sh.img" true
await "stopped while it waits for DHCP" "$T/dhcpd" DISCOVER
kill -TERM $launcher
ended "stopped while it waits for DHCP" 143

: >"$T/dhcpd"
begin "${silent[@]}" "$T/sh.img" true
await "Ctrl-C before the cookie" "$T/dhcpd" DISCOVER
kill -INT $launcher
wait $launcher
same "Ctrl-C before the cookie: status" 130 $? "$T/err"
gone "Ctrl-C before the cookie"

: >"$T/dhcpd"
begin "${silent[@]}" "$T/sh.img" true
await "rumpstop while it waits for DHCP" "$T/dhcpd" DISCOVER
cookie=$(rumpstop -l | cut -d' ' -f1)
same "rumpstop while it waits for DHCP" "$cookie: exit 143" "$(rumpstop "$cookie" 2>&1)"
ended "rumpstop while it waits for DHCP" 143
kill $dhcpd
