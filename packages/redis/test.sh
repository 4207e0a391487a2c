# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
cli() {
	timeout 30 redis-cli -p "$PORT" "$@"
}

answer() {
	[ "$(cli ping)" = PONG ]
}

saved() {
	cli info persistence | tr -d '\r' | grep -A9 rdb_bgsave_in_progress:0 |
		grep rdb_last_bgsave_status:ok
}

check() {
	same "SET and GET" OK:value "$(cli set key value):$(cli get key)"
	seq 1000 | sed 's/.*/SET key:& &/' | cli --pipe >"$T/pipe" 2>&1
	contains "1000 values in a pipeline" 'errors: 0, replies: 1000' "$T/pipe"
	same "a Lua script in the server" 6 "$(cli eval 'return 1 + 2 + 3' 0)"
	cli bgsave >"$T/bgsave"
	until_ok 30 saved && ok "saved by a forked child" ||
		fail "saved by a forked child" "not in 30 s" "$T/until.out"
	end
	same "a clean stop" 0 $? "$T/stopped"
	begin
	await "an answer after a new boot"
	same "the value after a new boot" value:1000 "$(cli get key):$(cli get key:1000)"
}
