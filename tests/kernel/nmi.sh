# SPDX-License-Identifier: GPL-2.0
# NMIs and machine checks hit between any two instructions, also where the kernel's entry code has
# the program's stack or GS: the program goes on as if nothing had been, or the report is whole.
. "$(dirname "$0")/../lib/testlib.sh"

program busy
bake "$T/busy.img" hw_virtio "$T/busy"
kernel=$T/busy.img.debug/kernel

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
	wait $runner
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

# instructions FUNCTION...: the addresses of their instructions.
instructions() {
	local function
	for function; do
		objdump -d --no-show-raw-insn --disassemble="$function" "$kernel"
	done | sed -n 's/^\(ffffffff[0-9a-f]*\):\t.*/\1/p'
}

# with_gdb SCRIPT PORT: let gdb run the guest by a script of commands.
with_gdb() {
	timeout -k 5 550 gdb -nx -batch -ex 'set pagination off' -ex 'set confirm off' \
		-ex 'set breakpoint always-inserted on' -ex 'set architecture i386:x86-64' \
		-ex "target remote localhost:$2" -x "$1" >"$T/gdb" 2>&1 </dev/null &
	debugger=$!
}

# On every instruction: gdb stops there, the NMI is the next thing that happens.
instructions entry_syscall return_iret >"$T/must"
instructions entry_vector entry_protection __switch_to_asm ret_from_fork_asm | cat "$T/must" - |
	awk '{ printf "break *0x%s\ncommands\nsilent\ndisable %d\necho hit %s\\n\nmonitor nmi\ncontinue\nend\n", $1, NR, $1 }
	     END { print "continue" }' >"$T/script"
for cpus in 1 4; do
	port=$(free_port)
	run_busy -s $cpus -p -D "$port"
	with_gdb "$T/script" "$port"
	while running && [ "$(grep -c '^hit' "$T/gdb")" -lt 100 ]; do
		read -r -t 0.2 <>"$T/clock"
	done
	finish_busy "$cpus CPUs, NMIs in entry code"
	wait $debugger
	grep '^hit' "$T/gdb" | cut -d' ' -f2 | sort >"$T/hit"
	sort "$T/must" | comm -23 - "$T/hit" >"$T/missed"
	[ -s "$T/must" ] && [ ! -s "$T/missed" ] && ok "$cpus CPUs: on every instruction" ||
		fail "$cpus CPUs: on every instruction" "not on these" "$T/missed" "$T/gdb"
done

# A machine check ends the machine: in the program, and where GS is the program's, too.
first=$(instructions entry_syscall | head -n 1)
last=$(nm "$kernel" | awk '$3 == "resume_program" { print $1 }')
for place in "$first" "$last"; do
	port=$(free_port)
	run_busy -p -D "$port"
	cat >"$T/script" <<-EOF
	break *0x$place
	continue
	delete
	monitor mce 0 1 0xbd00000000000000 0x5 0x12345000 0
	continue
	EOF
	with_gdb "$T/script" "$port"
	exec 9>&-
	wait $runner $debugger
	same "a machine check at $place: status" 70 "$(cat "$T/status")" "$T/out" "$T/err" "$T/gdb"
	contains "its report" 'machine check: bank 1 status bd00000000000000 address 12345000' "$T/err"
	contains "and the end" 'Kernel panic.*machine check' "$T/err"
done
