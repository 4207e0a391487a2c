# SPDX-License-Identifier: GPL-2.0
# Remote system calls over IPv6, and over IPv4 at the same port: the addresses that a server listens at.
. "$(dirname "$0")/../lib/testlib.sh"

head -c 32 /dev/urandom >"$T/key"
tap_namespace 10.9.0.1/24
must ip -n "$namespace" address add fd09::1/64 dev tap0 nodad
bake "$T/sh.img" hw_virtio -m 'add sysproxy' /bin/busybox --arg sleep --arg 100000

remote() {
	inside timeout -k 10 60 rumpctrl "$1" --key "$T/key" uname -n
}

# serves [ADDRESS...]: at those, the first named without its port.
serves() {
	local where=()
	for address; do where+=(--sysproxy "tcp:$address"); done
	start -N six -I net0,virtio,tap,ifname=tap0 -W net0,inet,static,10.9.0.2/24 \
		-W net0,inet6,static,fd09::2/64 "${where[@]}" --sysproxy-key "$T/key" "$T/sh.img"
}

serves 9000
until_ok 60 remote 'tcp:[fd09::2]:9000' || fail "over IPv6" "nobody answers" "$T/until.out"
same "over IPv6" six "$(remote 'tcp:[fd09::2]:9000')"
same "over IPv4, at the same port" six "$(remote tcp:10.9.0.2:9000)"
must rumpstop "$cookie"

serves '[::]:9000' 10.9.0.2:9001
until_ok 60 remote 'tcp:[fd09::2]:9000' || fail "any address of IPv6" "nobody answers" "$T/until.out"
same "any address of IPv6" six "$(remote 'tcp:[fd09::2]:9000')"
same "one address of IPv4" six "$(remote tcp:10.9.0.2:9001)"
remote 'tcp:[fd09::2]:9001' >"$T/out" 2>"$T/err"
same "not at another address" 69 $?
must rumpstop "$cookie"
