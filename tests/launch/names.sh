# SPDX-License-Identifier: GPL-2.0
# Names: programs of either libc ask the host's name server by way of the user network. It is one of
# the test's own, in a network namespace.
. "$(dirname "$0")/../lib/testlib.sh"

namespace=rumprun-$$
namespace "$namespace"
printf 'nameserver %s\n' 127.0.0.1 ::1 >"$T/resolv.conf"
mkfifo "$T/ready"
inside python3 "$SOURCE/tests/programs/dnsd.py" >"$T/ready" 2>"$T/dnsd" &
server=$!
read -r _ <"$T/ready"

must gcc -O2 -Wall -Wextra -o "$T/glibc" "$SOURCE/tests/programs/resolve.c"
must musl-gcc -O2 -static -o "$T/musl" "$SOURCE/tests/programs/resolve.c"
# look_up LIBC WHAT RUMPRUN-ARGUMENTS...
look_up() {
	local libc=$1 what=$2
	shift 2
	# shellcheck disable=SC2016
	inside unshare -m sh -c 'mount --bind "$0/resolv.conf" /etc/resolv.conf &&
		exec timeout 60 rumprun qemu -i -I net0,virtio -N guest "$@"' "$T" "$@" "$T/$libc.img" \
		guest nowhere.test rump.test >"$T/out" 2>"$T/err" </dev/null
	same "$libc, $what: the status" 0 $? "$T/err" "$T/dnsd"
	same "$libc, $what: the guest's own name, an unknown one, both addresses of a known one" \
		$'127.0.1.1\nnowhere.test: no such name\n192.0.2.7\n2001:db8::7' \
		"$(sed '3,$d' "$T/out"; sed '3,$!d' "$T/out" | sort)" "$T/err"
}

for libc in glibc musl; do
	bake "$T/$libc.img" hw_virtio "$T/$libc"
	look_up $libc "a server named by DHCP"
	look_up $libc "a server named by an IPv6 router" -W net0,inet6,auto
done
kill $server
