# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
check() {
	same "its status" 0 "$status" "$T/out" "$T/err"
	same "what an XPath finds" "Second:Third" "$(paste -sd: "$T/out")" "$T/err"
}
