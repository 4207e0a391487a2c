# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# say WORDS: one line to the server, and its answer.
say() {
	exec 3<>"/dev/tcp/127.0.0.1/$PORT" || return
	echo "$1" >&3
	timeout 10 cat <&3
	exec 3>&-
}

answer() {
	[ "$(say hello 2>/dev/null)" = OLLEH ]
}

check() {
	same "a line reversed" "1 2 3 TSUR" "$(say 'Rust 3 2 1')"
	same "a panic ends its thread only" "" "$(say panic)"
	same "the next line" CBA "$(say abc)"
}
