# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
lookup() {
	dig +short +tries=1 +time=5 -p "$PORT" @127.0.0.1 "$@"
}

answer() {
	[ "$(lookup a.rump.test)" = 10.1.2.3 ]
}

check() {
	same "an IPv6 address" fd00::1 "$(lookup AAAA a.rump.test)"
	same "a mail exchanger" "10 mail.rump.test." "$(lookup MX rump.test)"
	contains "a name that is not there" 'status: NXDOMAIN' \
		<(dig +tries=1 +time=5 -p "$PORT" @127.0.0.1 none.rump.test)
}
