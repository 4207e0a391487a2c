# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=120

check() {
	same "its status" 0 "$status" "$T/out" "$T/err"
	same "20,000 values" "written and in order: 20000:opened again: 20000" \
		"$(paste -sd: "$T/out")" "$T/err"
}
