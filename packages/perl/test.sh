# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=120

check() {
	same "its status" 0 "$status" "$T/out" "$T/err"
	same "its output" "reversed: olleh:child: 3:over a socket: HELLO:sorted: 1 2 10" \
		"$(paste -sd: "$T/out")" "$T/err"
}
