# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=200

check() {
	same "its status" 0 "$status" "$T/out" "$T/err"
	contains "it says so" 'successful run completed' <(cat "$T/out" "$T/err")
	for name in cpu vm fork pipe switch sigq mmap; do
		contains "$name did something" "] $name  *[1-9]" <(cat "$T/out" "$T/err")
	done
}
