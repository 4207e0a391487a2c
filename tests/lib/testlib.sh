# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What the test scripts share. Source it first: it makes $T, the script's own folder, puts the
# tools on PATH, and at the end removes the one and stops every unikernel that start() started.

: "${RUMPRUN_BUILD:=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/build}"
SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
PATH=$RUMPRUN_BUILD/bin:$PATH
T=$(mktemp -d)

# The cases of one folder run on another platform, too, by a script that sets these and sources them.
: "${PLATFORM:=qemu}" "${CONFIG:=hw_virtio}"
platform=("$PLATFORM")
if [ "$PLATFORM" = proc ] && [ "$(id -u)" = 0 ]; then
	platform+=(--allow-root)
fi
cookies=()
servers=()
namespace=
namespaces=()

cleanup() {
	local name
	# The last one may have been started, but not noted yet.
	for name in "${cookies[@]}" ${cookie:+"$cookie"}; do
		rumpstop -k "$name" >/dev/null 2>&1
	done
	if [ ${#servers[@]} != 0 ]; then
		kill -KILL "${servers[@]}"
		wait "${servers[@]}"
	fi 2>/dev/null
	for name in "${namespaces[@]}"; do
		ip netns delete "$name"
	done
	rm -rf "$T"
}
trap cleanup EXIT
trap 'exit 143' TERM INT

ok() {
	echo "ok $1"
}

# fail WHAT WHY [FILE...]: the files' ends are shown under it.
fail() {
	local what=$1 why=$2 file
	shift 2
	echo "FAIL $what: $why"
	for file; do
		echo "--- ${file##*/}"
		tail -n 60 "$file"
		echo
	done
}

# same WHAT EXPECTED ACTUAL [FILE...]
same() {
	local what=$1 expected=$2 actual=$3
	shift 3
	if [ "$expected" = "$actual" ]; then
		ok "$what"
	else
		fail "$what" "expected '$expected', got '$actual'" "$@"
	fi
}

# contains WHAT PATTERN FILE
contains() {
	if grep -q -e "$2" "$3"; then
		ok "$1"
	else
		fail "$1" "no '$2' in ${3##*/}" "$3"
	fi
}

# must COMMAND...: for the steps on which the rest of a script depends.
must() {
	if ! "$@" >"$T/must.out" 2>&1; then
		fail "$*" "status $?" "$T/must.out"
		exit 1
	fi
}

# boot SECONDS RUMPRUN-ARGUMENTS...: in the foreground, standard input as the caller's; output in
# $T/out, standard error in $T/err, and the status returned. A boot that takes longer is stopped,
# and its console printed. It stays in the test's process group (--foreground), so that a Ctrl-C to
# the tests reaches it.
boot() {
	local limit=$1 status
	shift
	${namespace:+inside} timeout --foreground -k 10 "$limit" rumprun "${platform[@]}" -i "$@" >"$T/out" 2>"$T/err"
	status=$?
	if [ $status = 124 ] || [ $status = 137 ]; then
		fail "boot $*" "still running after $limit s" "$T/out" "$T/err"
	fi
	return $status
}

# start RUMPRUN-ARGUMENTS...: in the background; sets $cookie.
start() {
	if ! cookie=$(${namespace:+inside} timeout --foreground -k 10 120 rumprun "${platform[@]}" "$@" 2>"$T/err"); then
		fail "start $*" "status $?" "$T/err"
		exit 1
	fi
	cookies+=("$cookie")
}

# serve NAME COMMAND...: a server of the host's, stopped at the end; what it says is in $T/NAME.log.
serve() {
	local name=$1
	shift
	"$@" >"$T/$name.log" 2>&1 </dev/null &
	servers+=($!)
}

# namespace NAME: a network namespace, removed at the end.
namespace() {
	must ip netns add "$1"
	namespaces+=("$1")
	must ip -n "$1" link set lo up
}

# tap_namespace ADDRESS/BITS: a network namespace of this test's own with a tap interface, tap0, for a
# guest; sets $namespace.
tap_namespace() {
	namespace=rumprun-$$
	namespace "$namespace"
	must ip -n "$namespace" tuntap add dev tap0 mode tap
	must ip -n "$namespace" address add "$1" dev tap0
	must ip -n "$namespace" link set tap0 up
}

# inside COMMAND...: in that namespace.
inside() {
	ip netns exec "$namespace" "$@"
}

# until_ok SECONDS COMMAND...: repeat a command that waits by itself (a client's connection)
# until it succeeds.
until_ok() {
	local end=$((SECONDS + $1))
	shift
	until "$@" >"$T/until.out" 2>&1; do
		if [ $SECONDS -ge $end ]; then
			return 1
		fi
	done
}

# free_port: a TCP port of the loopback that nobody listens on now.
free_port() {
	local port
	while port=$((20000 + RANDOM % 20000)); do
		if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
			echo "$port"
			return
		fi
	done
}

# wire NAME: an Ethernet between two guests; sets $near and $far, what -I TAG,virtio,... says of its ends.
wire() {
	local one two
	if [ "$PLATFORM" = proc ]; then
		near=socket,local=$T/$1.near,peer=$T/$1.far
		far=socket,local=$T/$1.far,peer=$T/$1.near
	else
		one=$(free_port) two=$(free_port)
		near=socket,udp=127.0.0.1:$one,localaddr=127.0.0.1:$two
		far=socket,udp=127.0.0.1:$two,localaddr=127.0.0.1:$one
	fi
}

# program NAME [FLAGS...]: compile tests/programs/NAME.c to $T/, static unless FLAGS say more.
program() {
	local name=$1
	shift
	must gcc -O2 -Wall -Wextra -pthread "${@:--static}" -o "$T/${name##*/}" \
		"$SOURCE/tests/programs/$name.c" -lm
}

# bake OUT ARGUMENTS...: rumprun-bake, or the script ends.
bake() {
	local out=$1
	shift
	must timeout -k 10 300 rumprun-bake "${@:1:1}" "$out" "${@:2}"
}

# bake_remote OUT ARGUMENTS...: bake an image that does what remote() says: busybox's web server runs
# what is posted to it. Start it with a port that leads to its port 80.
bake_remote() {
	mkdir -p "$T/www/cgi-bin"
	printf '#!/bin/busybox sh\nexec 2>&1\necho\nexec /bin/busybox sh\n' >"$T/www/cgi-bin/sh"
	chmod +x "$T/www/cgi-bin/sh"
	bake "$@" --file "$T/www:/www" /bin/busybox --arg httpd --arg -f --arg -h --arg /www
}

# remote PORT COMMANDS: run them in that guest; their output, both kinds of it, is remote's.
remote() {
	${namespace:+inside} curl -sS -m 60 --data-binary "$2" "http://127.0.0.1:$1/cgi-bin/sh" 2>&1
}

# listen_on_wire PORT INTERFACE FILTER: begin to record packets in that guest, by tcpdump.
listen_on_wire() {
	remote "$1" "
		/usr/bin/tcpdump -U --immediate-mode -n -i $2 -w /tmp/wire '$3' </dev/null >/tmp/wire.log 2>&1 &
		until grep -qs 'listening on' /tmp/wire.log; do usleep 10000; done"
}

# heard_on_wire PORT: end that, and print the packets, a line each.
heard_on_wire() {
	remote "$1" '
		killall tcpdump
		while pidof tcpdump >/dev/null; do usleep 10000; done
		/usr/bin/tcpdump -n -e -r /tmp/wire 2>/dev/null'
}

# remote_ready PORT: wait until it hears, or the script ends.
remote_ready() {
	if ! until_ok 60 remote "$1" 'exit 0'; then
		fail "the guest at port $1 answers" "nothing in 60 s" "$T/until.out" "$T/err"
		exit 1
	fi
}
