# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A server here; the guest knows it by the host's address on its user network.
prepare() {
	mkdir "$T/www"
	seq 50000 >"$T/www/numbers"
	options=(-I "net0,virtio")
	serve web python3 -u -m http.server --bind 127.0.0.1 --directory "$T/www" 0
	until_ok 20 grep 'port [0-9]' "$T/web.log" || fail "a server" "does not listen" "$T/web.log"
	args=("http://10.0.2.2:$(sed -n 's/.* port \([0-9]*\) .*/\1/p' "$T/web.log")/numbers")
}

check() {
	same "its status" 0 "$status" "$T/err"
	same "what it fetched" "$(sha256sum <"$T/www/numbers")" "$(sha256sum <"$T/out")" "$T/err"
}
