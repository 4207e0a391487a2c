# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
limit=300

check() {
	same "its status" 0 "$status" "$T/out" "$T/err"
	for name in sync aio uring; do
		contains "$name: no error" "^3;fio-[^;]*;$name;[0-9]*;0;" "$T/out"
	done
}
