# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
check() {
	same "its status" 7 "$status" "$T/out" "$T/err"
	same "its output" "primes 1229 9973:lines 1000:error caught:arguments one,two" \
		"$(paste -sd: "$T/out")" "$T/err"
}
