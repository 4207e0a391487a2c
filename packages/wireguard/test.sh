# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The same image twice: what the second one can fetch, it can fetch through the tunnel only.
prepare() {
	wire between
	args=(1 2)
	options=(-I "net0,virtio,$near" -W "net0,inet,static,10.1.0.1/24")
	beside client -I "net0,virtio,$far" -W "net0,inet,static,10.1.0.2/24" "$PACKAGE_IMAGE" 2 1
}

answer() {
	ended client
}

check() {
	contains "a page" '^what the tunnel carries$' "$T/client.log"
	contains "its peer's address" 'endpoint: 10.1.0.1:51820' "$T/client.log"
	contains "they have shaken hands" 'latest handshake: ' "$T/client.log"
}
