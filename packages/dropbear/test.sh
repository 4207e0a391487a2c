# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
guest() {
	timeout 60 ssh -p "$PORT" -o BatchMode=yes -o StrictHostKeyChecking=no \
		-o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o ConnectTimeout=10 root@127.0.0.1 "$@"
}

answer() {
	guest true
}

check() {
	same "a command" "42 /root" "$(guest "echo \$((6 * 7)) \$HOME")"
	guest 'exit 9'
	same "its status" 9 $?
	head -c 1000000 /dev/urandom >"$T/noise"
	same "1 MB there and back" "$(sha256sum <"$T/noise")" "$(guest cat <"$T/noise" | sha256sum)"
}
