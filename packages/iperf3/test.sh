# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# With --json the client's status is 0 even if it has failed. The server is busy until it has cleared
# up after the client before, and sends the next one away.
client() {
	timeout 120 iperf3 --client 127.0.0.1 --port "$PORT" --json "$@" >"$T/client" 2>&1 &&
		jq -e 'has("error") | not' "$T/client"
}

answer() {
	client --bytes 1000
}

check() {
	until_ok 60 client --bytes 64M
	# What was under way when the sender was done does not count.
	same "64 MB to the guest" true "$(jq '.end.sum_received.bytes > 32000000' "$T/client")" "$T/client"
	until_ok 60 client --bytes 4M --reverse
	same "4 MB from the guest" true "$(jq '.end.sum_received.bytes >= 4194304' "$T/client")" \
		"$T/client"
}
