# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=300

check() {
	same "its status" 0 "$status" "$T/out" "$T/err"
	grep -E '^(ok|FAIL) ' "$T/out"
	contains "sqlite3 was on ext4" 'ok python: sqlite3 on ext4' "$T/out"
}
