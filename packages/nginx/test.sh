# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
answer() {
	curl -fsS -m 10 -o "$T/page" "http://127.0.0.1:$PORT/"
}

check() {
	same "the page" '<h1>from the rump kernel</h1>' "$(cat "$T/page")"
	same "a page that is not there" 404 \
		"$(curl -s -m 10 -o "$T/none" -w '%{http_code}' "http://127.0.0.1:$PORT/none")"
	same "20 more over one connection" 20 \
		"$(curl -fsS -m 60 "http://127.0.0.1:$PORT/?[1-20]" | grep -c 'rump kernel')"
}
