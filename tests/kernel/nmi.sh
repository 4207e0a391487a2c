# SPDX-License-Identifier: GPL-2.0
# NMIs hit at any time: the program goes on as if nothing had been. tests/slow/nmi.sh aims them at
# each instruction of the entry code.
. "$(dirname "$0")/../lib/testlib.sh"
. "$SOURCE/tests/lib/busy.sh"

# Whenever: QEMU's monitor interrupts all CPUs at once.
for cpus in 1 4; do
	count=$((400 / (cpus + 1)))
	port=$(free_port)
	run_busy -s $cpus -g "-monitor tcp:127.0.0.1:$port,server=on,wait=off"
	until_logged 'Run /init'
	exec 3<>"/dev/tcp/127.0.0.1/$port"
	while running && [ "$(reported)" -lt $count ]; do
		for _ in {1..10}; do
			echo nmi >&3
			read -r -d ')' -t 60 -u 3 # the prompt
		done
	done
	exec 3>&-
	[ "$(reported)" -ge $count ] && ok "$cpus CPUs: $count NMIs at any time" ||
		fail "$cpus CPUs: $count NMIs at any time" "$(reported) of them" "$T/err"
	finish_busy "$cpus CPUs, NMIs at any time"
done
