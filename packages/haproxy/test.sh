# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The balancer reaches the two by the host's address on its user network.
prepare() {
	local name port
	for name in A B; do
		port=$(free_port)
		start -M 64 -P "$port:80" "$IMAGE_nginx"
		options+=(-e "BACKEND_$name=10.0.2.2:$port")
		eval "server_$name=$cookie"
	done
}

answer() {
	curl -fsS -m 10 -o "$T/page" "http://127.0.0.1:$PORT/"
}

servers() {
	for _ in 1 2 3 4 5 6; do
		curl -sS -m 10 -o /dev/null -w '%header{x-server}\n' "http://127.0.0.1:$PORT/"
	done | sort | uniq -c | tr -s '\n ' ' '
}

check() {
	same "the page" '<h1>from the rump kernel</h1>' "$(cat "$T/page")"
	same "both servers in turn" " 3 a 3 b " "$(servers)"
	# shellcheck disable=SC2154 # set by eval
	rumpstop -k "$server_A" >/dev/null
	until_ok 30 curl -fsS -m 10 -o "$T/page" "http://127.0.0.1:$PORT/"
	same "the other one when one is gone" " 6 b " "$(servers)"
}
