# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
answer() {
	curl -fsS -m 10 -o "$T/page" "http://127.0.0.1:$PORT/"
}

check() {
	same "the page" '<h1>from lighttpd</h1>' "$(cat "$T/page")"
	same "a range of it" 'from' "$(curl -fsS -m 10 -r 4-7 "http://127.0.0.1:$PORT/")"
	contains "its type" 'text/html' <(curl -sSI -m 10 "http://127.0.0.1:$PORT/")
}
