# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
ask() {
	curl -fsS -m 10 "http://127.0.0.1:$PORT/$1" "${@:2}"
}

answer() {
	ask "" -o "$T/page"
}

check() {
	same "the page" '<h1>from webfs</h1>' "$(cat "$T/page")"
	same "a range of it" 'from' "$(ask "" -r 4-7)"
	contains "a folder's list" 'two.txt' <(ask more/)
	same "a page that is not there" 404 "$(ask none -o /dev/null -w '%{http_code}' 2>/dev/null)"
	same "20 more over one connection" 20 "$(ask "more/one.txt?[1-20]" | grep -c first)"
}
