# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A loaded guest that is interrupted from outside; sourced after testlib.sh.

program busy
bake "$T/busy.img" hw_virtio "$T/busy"

# run_busy ARGUMENTS...: in the background, until finish_busy.
run_busy() {
	rm -f "$T/stdin" "$T/status"
	mkfifo "$T/stdin"
	: >"$T/err"
	(
		boot 600 -v -M 128 "$@" "$T/busy.img" <"$T/stdin"
		echo $? >"$T/status"
	) &
	runner=$!
	exec 9>"$T/stdin"
}

# finish_busy WHAT: its input ends; it must have found everything in order.
finish_busy() {
	exec 9>&-
	wait "$runner"
	same "$1: status" 0 "$(cat "$T/status")" "$T/out" "$T/err"
	same "$1: nothing was disturbed" 4 "$(grep -c '^ok ' "$T/out")" "$T/out" "$T/err"
}

running() {
	[ ! -e "$T/status" ]
}

# NMIs that CPU 0 has reported.
reported() {
	grep -c 'NMI on CPU 0' "$T/err"
}

# until_logged PATTERN: PATTERN is in the log, or the run is over.
until_logged() {
	while running && ! grep -q "$1" "$T/err"; do
		read -r -t 0.2 <>"$T/clock"
	done
}
mkfifo "$T/clock"
