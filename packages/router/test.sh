# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A server in one network, which knows no way back, and in the other one a client, which tries the first
# address until the router is there. It prints its own status, that of HTTP, and whom the server has seen.
prepare() {
	local line='%{exitcode} %{http_code} %header{x-client}\n'
	local quick=(-o /dev/null -m 5 -w "$line")
	wire inner
	options=(-I "near,virtio,$near" -W "near,inet,static,10.1.0.1/24")
	beside client -I "net0,virtio,$far" -W "net0,inet,static,10.1.0.2/24,10.1.0.1" "$IMAGE_curl" \
		--retry 100 --retry-all-errors --retry-delay 1 "${quick[@]}" http://10.2.0.2/ \
		--next "${quick[@]}" http://10.2.0.2:81/ --next "${quick[@]}" http://10.2.0.2:82/ \
		--next "${quick[@]}" http://10.1.0.1:8080/
	wire outer
	options+=(-I "far,virtio,$near" -W "far,inet,static,10.2.0.1/24")
	beside server -I "net0,virtio,$far" -W "net0,inet,static,10.2.0.2/24" "$IMAGE_nginx"
}

answer() {
	ended client
}

# said LINE: what the client has printed there.
said() {
	grep '^[0-9]* [0-9]* ' "$T/client.log" | tail -n 4 | sed -n "$1p" | tr -d '\r'
}

check() {
	same "out, with the router's address" "0 200 10.2.0.1" "$(said 1)" "$T/client.log"
	same "a port that is refused" "7 000 " "$(said 2)" "$T/client.log"
	same "a port that no rule names" "28 000 " "$(said 3)" "$T/client.log"
	same "a port of the router's that leads to the server" "0 200 10.2.0.1" "$(said 4)" "$T/client.log"
}
