# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
answer() {
	curl -fsS -m 10 -o "$T/page" "http://127.0.0.1:$PORT/"
}

check() {
	same "the page" '<h1>from apache</h1>' "$(cat "$T/page")"
	same "20 more over one connection" 20 \
		"$(curl -fsS -m 60 "http://127.0.0.1:$PORT/?[1-20]" | grep -c 'from apache')"
	contains "its name" '^Server: Apache' <(curl -sSI -m 10 "http://127.0.0.1:$PORT/")
}
