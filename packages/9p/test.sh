# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The server is here; the guest knows it by the host's address on its user network.
prepare() {
	local port
	mkdir "$T/files"
	seq 50000 >"$T/files/numbers"
	touch "$T/files/old"
	port=$(free_port)
	serve diod diod -f -n -l "127.0.0.1:$port" -e "$T/files" -U "$(id -un)"
	until_ok 20 bash -c "exec 3<>/dev/tcp/127.0.0.1/$port" || fail "diod" "does not listen" "$T/diod.log"
	options=(-I "net0,virtio")
	args=("$port" "$T/files")
}

check() {
	same "its status" 0 "$status" "$T/out" "$T/err" "$T/diod.log"
	contains "what it reads" "^$(sha256sum <"$T/files/numbers" | cut -d' ' -f 1) " "$T/out"
	same "what it lists" "folder link numbers written" "$(tail -n 4 "$T/out" | paste -sd' ')" "$T/out"
	same "what it has written" "$(seq 20000 | sha256sum)" "$(sha256sum <"$T/files/link")"
	same "what is here" "folder link numbers written" \
		"$(find "$T/files" -mindepth 1 -printf '%f\n' | sort | paste -sd' ')"
}
