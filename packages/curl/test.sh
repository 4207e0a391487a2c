# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A server here; the guest knows it by the host's address on its user network.
prepare() {
	mkdir "$T/www"
	seq 50000 >"$T/www/numbers"
	options=(-I "net0,virtio")
	exec 3< <(exec python3 -u -m http.server --bind 127.0.0.1 --directory "$T/www" 0 2>&1)
	server=$!
	read -r line <&3
	[[ $line =~ port\ ([0-9]+) ]]
	args=("http://10.0.2.2:${BASH_REMATCH[1]}/numbers")
}

check() {
	kill "$server"
	same "its status" 0 "$status" "$T/err"
	same "what it fetched" "$(sha256sum <"$T/www/numbers")" "$(sha256sum <"$T/out")" "$T/err"
}
