# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
request() {
	timeout 20 nanocat --req --connect "tcp://127.0.0.1:$PORT" --data "$1" --ascii \
		--recv-timeout 5 2>&1 | head -n 1
}

answer() {
	[ "$(request first)" = "from the guest" ]
}

check() {
	for turn in 1 2 3; do
		same "reply $turn" "from the guest" "$(request "question $turn")"
	done
	console
	contains "the guest has read the questions" 'question 3' "$T/console"
}
