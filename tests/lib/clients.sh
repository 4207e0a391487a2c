# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Many clients of remote system calls at once; sourced where remote COMMAND... calls rumpctrl.

# fifty_clients: $version is what each of them has to read.
fifty_clients() {
	local clients=() i
	version=$(remote cat /proc/version)
	for i in $(seq 50); do
		remote cat /proc/version >"$T/client$i" 2>&1 &
		clients+=($!)
	done
	wait "${clients[@]}"
	same "fifty clients at once" "50 $version" "$(cat "$T"/client* | uniq -c | sed 's/^ *//')"
}
