# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
check() {
	same "its status" 8 "$status" "$T/out" "$T/err"
	same "its output" "primes: 168:table: 100000 998001:caught:lines: 168" "$(paste -sd: "$T/out")" "$T/err"
}
