# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The server is busy until it has cleared up after the client before, and sends the next one away.
client() {
	timeout 60 iperf3 --client 127.0.0.1 --port "$PORT" --json "$@" >"$T/client" 2>&1
}

answer() {
	client --bytes 1000
}

check() {
	until_ok 60 client --bytes 20M
	# What was under way when the sender was done does not count.
	same "20 MB to the guest" true "$(jq '.end.sum_received.bytes > 10000000' "$T/client")" "$T/client"
	until_ok 60 client --bytes 20M --reverse
	same "20 MB from the guest" true "$(jq '.end.sum_received.bytes >= 20971520' "$T/client")" \
		"$T/client"
}
