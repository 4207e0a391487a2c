# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=900

prepare() {
	wire between
	args=(client)
	options=(-I "net0,virtio" -I "net1,virtio,$near" -W "net1,inet,static,10.9.0.2/24")
	beside network -M 384 -I "net0,virtio,$far" -W "net0,inet,static,10.9.0.1/24" "$PACKAGE_IMAGE" network
}

ask() {
	curl -fsS -m 20 --socks5-hostname "127.0.0.1:$PORT" "http://10.9.0.1/$1"
}

answer() {
	[ "$(ask page)" = "a page behind tor" ]
}

check() {
	same "20 more" 20 "$(ask 'page?[1-20]' | grep -c 'behind tor')"
	contains "asked by a relay, not by the client" '10.9.0.1.*: url:/page' "$T/network.log"
	same "nothing was asked by the client itself" "" "$(grep '10.9.0.2.*: url:/page' "$T/network.log")"
	console
	contains "it has come up by the authority" 'Bootstrapped 100%' "$T/console"
}
