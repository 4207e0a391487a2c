# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
check() {
	same "its status" 3 "$status" "$T/out" "$T/err"
	same "its output" "sorted: a b c:sum: 5050:1000 lines back out of gzip:tar: one two:Linux rump" \
		"$(paste -sd: "$T/out")" "$T/err"
}
