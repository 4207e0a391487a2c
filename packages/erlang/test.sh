# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=300

check() {
	same "its status" 6 "$status" "$T/out" "$T/err"
	same "its output" "ring: 1000:over a socket: HELLO:caught: badarith" "$(paste -sd: "$T/out")" "$T/err"
}
