# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A server on one wire, and on another one a client, which tries until there is a way.
prepare() {
	wire left
	options=(-I "left,virtio,$near" -W "left,inet,none")
	beside server -I "net0,virtio,$far" -W "net0,inet,static,10.1.0.1/24" "$IMAGE_nginx"
	wire right
	options+=(-I "right,virtio,$near" -W "right,inet,none")
	beside client -I "net0,virtio,$far" -W "net0,inet,static,10.1.0.2/24" "$IMAGE_curl" \
		--retry 100 --retry-all-errors --retry-delay 1 -m 10 http://10.1.0.1/
}

answer() {
	ended client
}

check() {
	contains "the page" '^<h1>from the rump kernel</h1>$' "$T/client.log"
}
