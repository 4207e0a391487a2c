# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
servers=(--servers "127.0.0.1:$PORT")

answer() {
	timeout 10 memcping "${servers[@]}"
}

check() {
	seq 20000 >"$T/numbers"
	timeout 20 memccp "${servers[@]}" "$T/numbers"
	timeout 20 memccat "${servers[@]}" --file="$T/back" numbers
	same "a value of 100 KB" "$(sha256sum <"$T/numbers")" "$(sha256sum <"$T/back")"
	timeout 20 memcrm "${servers[@]}" numbers
	timeout 20 memcexist "${servers[@]}" numbers 2>/dev/null && fail "it is removed" "it is there" ||
		ok "it is removed"
}
