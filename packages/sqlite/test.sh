# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
check() {
	same "its status" 0 "$status" "$T/out" "$T/err"
	contains "a table of 10,000 rows" '^sum|50005000$' "$T/out"
	contains "a rollback" '^after a rollback|111$' "$T/out"
	contains "the integrity check" '^ok$' "$T/out"
}
