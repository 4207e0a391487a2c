# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=120

check() {
	same "its status" 5 "$status" "$T/out" "$T/err"
	same "its output" 'one,two:{"sum":5050,"words":["a","b"]}:caught:1000:8.2' \
		"$(paste -sd: "$T/out")" "$T/err"
}
