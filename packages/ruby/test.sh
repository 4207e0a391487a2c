# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=180

check() {
	same "its status" 4 "$status" "$T/out" "$T/err"
	same "its output" "threads: 4950:over a socket: HELLO:rescued: divided by 0:fiber: 0 1 1 2 3 5 8" \
		"$(paste -sd: "$T/out")" "$T/err"
}
