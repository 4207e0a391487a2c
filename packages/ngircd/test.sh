# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# talk NICK: a client that says what standard input holds, and prints what it hears.
talk() {
	exec 3<>"/dev/tcp/127.0.0.1/$PORT" || return
	{ printf 'NICK %s\r\nUSER %s 0 * :x\r\n' "$1" "$1" && cat; } >&3
	timeout 20 cat <&3 | tr -d '\r'
	exec 3>&-
}

answer() {
	echo QUIT | talk first 2>/dev/null | grep -q ' 001 first '
}

check() {
	printf 'JOIN #room\r\nNAMES #room\r\nPRIVMSG second :to myself\r\nQUIT :bye\r\n' |
		talk second >"$T/heard"
	contains "a channel with its operator" ' 353 second .* #room :@second' "$T/heard"
	contains "a message" '^:second!.* PRIVMSG second :to myself' "$T/heard"
	contains "the end" '^ERROR :' "$T/heard"
}
