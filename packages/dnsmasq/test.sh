# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
lookup() {
	dig +short +tries=1 +time=5 @127.0.0.1 "$@"
}

answer() {
	[ "$(lookup -p "$PORT" www.rump.test)" = 10.1.2.3 ]
}

check() {
	same "a text" '"from the guest"' "$(lookup -p "$PORT" TXT note.test)"
	same "by TCP" 10.1.2.3 "$(lookup +tcp -p "${ports[1]}" other.rump.test)"
	contains "a name of nobody" 'status: REFUSED' \
		<(dig +tries=1 +time=5 -p "$PORT" @127.0.0.1 example.org)
}
